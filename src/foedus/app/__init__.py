"""The workbench: one page on this machine where the world answers while a reader moves it. Needs the extra `web`."""

from foedus.facade import on_demand

__getattr__ = on_demand("foedus.app", ("answering", "catalogue", "document", "launch", "server"))
