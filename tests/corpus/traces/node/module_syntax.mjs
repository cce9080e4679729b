import './module_broken.mjs';
