<?php

require __DIR__ . '/parse.php';
