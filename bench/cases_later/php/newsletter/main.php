<?php

declare(strict_types=1);

require __DIR__ . '/newsletter.php';

$newsletter = (new Newsletter())
    ->subscribe('Ann', 'Ann@example.org', 'php', 'tea')
    ->subscribe('Bob', ' bob@example.org', 'tea')
    ->subscribe('Anna', 'ann@example.org ', 'news', 'php')
    ->subscribe('Cid', 'cid@example.org', 'news');

echo $newsletter->clean(), " doubles\n";
foreach (['tea', 'news', 'php', 'golf'] as $topic) {
    echo "== $topic\n";
    foreach ($newsletter->letters($topic, 'Dear {name}, {topic} for you') as $mail => $text) {
        echo "$mail: $text\n";
    }
}
