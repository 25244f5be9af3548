"""Write the world map's outlines from Natural Earth 1:110m (public domain), as shipped with pyogrio's test data."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pyogrio

OUT = Path(__file__).parents[1] / "src/foedus/charts/world_map.json"
FIXED = {"France": "FRA", "Norway": "NOR", "N. Cyprus": "", "Somaliland": "", "Kosovo": "XKX"}


def main() -> None:
    shapes = Path(pyogrio.__file__).parent / "tests/fixtures/naturalearth_lowres/naturalearth_lowres.shp"
    meta, _, geometry, fields = pyogrio.raw.read(shapes, columns=["name", "iso_a3"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.geojson"
        pyogrio.raw.write(
            path, geometry, fields, meta["fields"], geometry_type=meta["geometry_type"], crs=meta["crs"],
            driver="GeoJSON", layer_options={"COORDINATE_PRECISION": 1},
        )  # fmt: skip
        found = json.loads(path.read_text())
    features = []
    for shape in found["features"]:
        name = shape["properties"]["name"]
        if name == "Antarctica":
            continue
        iso = FIXED.get(name, shape["properties"]["iso_a3"])
        features.append({"type": "Feature", "id": iso, "properties": {}, "geometry": _thin(shape["geometry"])})
    body = {"type": "FeatureCollection", "source": "Natural Earth 1:110m, public domain", "features": features}
    OUT.write_text(json.dumps(body, separators=(",", ":")), encoding="utf-8")
    print(OUT.stat().st_size, "bytes,", len(features), "shapes")


def _thin(geometry: dict[str, Any]) -> dict[str, Any]:
    """Drop points that repeat after rounding."""

    def ring(points: list[Any]) -> list[Any]:
        kept = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
        return kept if len(kept) > 3 else points

    if geometry["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": [ring(r) for r in geometry["coordinates"]]}
    return {"type": "MultiPolygon", "coordinates": [[ring(r) for r in part] for part in geometry["coordinates"]]}


if __name__ == "__main__":
    main()
