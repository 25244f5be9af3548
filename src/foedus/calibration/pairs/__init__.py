"""The crisis tree on the record of pairs: covariates by pair-year, likelihood, posterior."""
