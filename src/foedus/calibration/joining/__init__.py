"""Who joins a dispute: every third state on record, and the posterior of equation (14) given them."""
