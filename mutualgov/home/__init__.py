"""Front of house: the first page, a mutual's landing page, starting a mutual, reading its audit chain."""
