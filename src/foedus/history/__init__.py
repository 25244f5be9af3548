"""History: panels, forecasts' scores, and baselines that the model must beat."""
