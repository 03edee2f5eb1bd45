/*scan*/ SELECT DISTINCT currency FROM fx_rate
