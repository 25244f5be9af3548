"""Forecasts with a date: what a run said of years to come, stored with definitions, and scored when data arrive."""
