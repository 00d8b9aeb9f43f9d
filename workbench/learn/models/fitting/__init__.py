"""How the models are fitted: linear models of sentences, stacking, calibration, thresholds."""
