"""Data that outlives a version of the program: ensembles and forecasts, each an archive ready for a DOI."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

PRODUCTS = Path("packaging/products.toml")


@dataclass(frozen=True)
class Product:
    """A set of files with a version of its own.

    name         of the archive
    version      raised when a file of it changes, whatever the program's version
    title        as a registry shows it
    description  one paragraph
    files        patterns, below the repository
    """

    name: str
    version: str
    title: str
    description: str
    files: tuple[str, ...]


def declared(root: Path) -> list[Product]:
    """The products that packaging/products.toml declares."""
    told = tomllib.loads((root / PRODUCTS).read_text(encoding="utf-8"))
    return [
        Product(name, row["version"], row["title"], row["description"], tuple(row["files"]))
        for name, row in told.items()
    ]


def products(root: Path, out: Path, version: str) -> list[Path]:
    """Write an archive of each product and its description; same files, same bytes.

    root     the repository
    out      a folder that exists
    version  of the program that made them
    """
    written = []
    for product in declared(root):
        files = sorted({path for pattern in product.files for path in root.glob(pattern)})
        if not files:
            msg = f"{PRODUCTS}: {product.name} matches no file"
            raise SystemExit(msg)
        stem = f"{product.name}-{product.version}"
        archive = out / f"{stem}.tar.gz"
        archive.write_bytes(_packed(stem, files, metadata(product, version)))
        written.append(archive)
    return written


def metadata(product: Product, version: str) -> dict[str, object]:
    """Fields of a deposit, in Zenodo's names.

    product  what is described
    version  of the program that made it
    """
    return {
        "title": product.title,
        "upload_type": "dataset",
        "version": product.version,
        "description": product.description,
        "creators": [{"name": "The Foedus authors"}],
        "license": "Apache-2.0",
        "access_right": "open",
        "notes": f"Made by Foedus {version}.",
    }


def _packed(stem: str, files: list[Path], about: dict[str, object]) -> bytes:
    """A tar archive without times, owners or modes of the machine."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        told = json.dumps(about, indent=1, ensure_ascii=False).encode() + b"\n"
        for name, content in [(".zenodo.json", told), *((path.name, path.read_bytes()) for path in files)]:
            entry = tarfile.TarInfo(f"{stem}/{name}")
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return gzip.compress(plain.getvalue(), mtime=0)
