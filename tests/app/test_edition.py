"""The static edition: surfaces that state their error, and a page that opens from disk."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from axe import violations
from browsing import chromium, opened
from foedus import terms
from foedus.app.edition import writing
from foedus.app.edition.surface import BUNDLES, MOST, _fit, _outcome, _scaled, design, terms_of
from foedus.errors import InputError
from foedus.posture import Scenario
from foedus.study import prepare


def test_four_bundles_hold_every_channel_once() -> None:
    assert sorted(channel for channels in BUNDLES.values() for channel in channels) == sorted(terms.CHANNELS)


def test_what_is_of_second_order_is_fitted_exactly_and_what_is_not_states_its_error() -> None:
    seen, unseen = design()
    weights = np.random.default_rng(1).normal(size=(15, 1))
    for power, exact in ((0.0, True), (0.5, False)):

        def truth(points: np.ndarray, power: float = power) -> np.ndarray:
            return np.asarray(terms_of(points) @ weights + power * points[:, :1] ** 3)

        coefficients, off = _fit(truth(seen), seen, unseen, np.exp(truth(unseen)), np.exp)
        assert (float(off.max()) < 1e-9) is exact
        np.testing.assert_allclose(terms_of(np.ones((1, 4))) @ coefficients.T, truth(np.ones((1, 4))))


def test_points_lie_within_the_levers_and_no_test_point_is_fitted() -> None:
    seen, unseen = design()
    assert seen.min() == 0.0
    assert seen.max() == MOST
    assert not set(map(tuple, seen)) & set(map(tuple, unseen))
    np.testing.assert_array_equal(seen[0], np.ones(4))


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work", encoding="utf-8")
    with pytest.raises(InputError, match=r"holds thesis.tex"):
        writing.write_edition(tmp_path, ["steady"], 16)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


@pytest.mark.slow
@pytest.mark.browser
def test_the_folder_opens_from_disk_and_its_figures_are_near_the_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "YEARS", (2026, 2029))
    page_file = writing.write_edition(tmp_path / "edition", ["steady"], 16)
    body = json.loads((page_file.parent / writing.DATA).read_text(encoding="utf-8").partition(" = ")[2].rstrip(";\n"))
    study = prepare(Scenario.of("steady", None, years=(2026, 2029), futures=16, seed=1))
    ally = [iso for iso, _ in body["allies"]].index("POL")
    setting = _scaled(study.setting(0, "posture"), (0.5, 1.0, 1.0, 0.5))
    worked_out = _outcome(study.machinery(), setting, lambda: None)[0][ally, 0]
    wrong: list[str] = []
    with chromium() as browser:
        page = opened(browser, wrong, viewport={"width": 360, "height": 780}, color_scheme="dark")
        page.unroute("**/*")
        page.goto(page_file.as_uri())
        before = page.locator("#lead").inner_text()
        for name in ("forces, factor", "promise, factor"):
            page.get_by_label(name).fill("0.5")
            page.get_by_label(name).press("Enter")
        assert page.locator("#lead").inner_text() != before
        assert page.url.endswith("#steady=0.50,1.00,1.00,0.50")
        page.get_by_text("Every ally, as a table").click()
        told = (
            page.locator("#table tr", has=page.get_by_role("rowheader", name="Poland"))
            .locator("td")
            .nth(5)
            .inner_text()
        )
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert float(told) == pytest.approx(worked_out, rel=0.1)
    assert wrong == []
