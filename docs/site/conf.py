"""How Sphinx builds the site; `tools/build_site.py` lays out its source and calls it."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(os.environ["FOEDUS_SITE_TOOLS"])))

from docutils import nodes
from latex2mathml.converter import convert

from foedus.version import __version__
from site_docstrings import rewritten

project = "Foedus"
author = "The Foedus authors"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
templates_path = [os.environ["FOEDUS_SITE_TEMPLATES"]]
html_static_path = ["_static"]
html_css_files = ["foedus.css"]
html_js_files = ["foedus.js"]
html_theme = "furo"
smartquotes = False  # quotes and dashes of commands stay as they are typed
html_title = f"Foedus {__version__}"
html_show_sourcelink = False
html_copy_source = False
html_show_search_summary = False  # the summary is fetched, which no browser allows of a page on disk
html_context = {"made_for": os.environ["FOEDUS_SITE_MADE_FOR"]}
html_theme_options = {"top_of_page_buttons": [], "light_css_variables": {"color-brand-primary": "#2f6690"}}
default_role = "code"
add_module_names = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
autodoc_type_aliases = {name: name for name in ("Number", "Array", "Stacked", "Floats", "Values", "Integers", "Draw")}
python_use_unqualified_type_names = True
myst_heading_anchors = 6
html_math_renderer = "mathml"
myst_fence_as_directive = {"math"}
myst_disable_syntax = ["myst_line_comment", "myst_block_break", "myst_target"]  # a line may begin with "% of GDP"


def typeset(translator, node):
    """Write a formula as MathML, which browsers draw without a script."""
    display = "block" if isinstance(node, nodes.math_block) else "inline"
    translator.body.append(convert(node.astext(), display=display))
    raise nodes.SkipNode


def setup(app):
    """Read docstrings as this project writes them, and typeset formulas without a script."""
    app.connect("autodoc-process-docstring", rewritten)
    app.add_html_math_renderer("mathml", (typeset, None), (typeset, None))
