"""Programs that run in a box, under the project's own interpreter; goldseam never imports them."""
