<?php

declare(strict_types=1);

/**
 * Routes such as `/blog/{year}/{month?}`: a part in braces takes any text without a slash, one with a question
 * mark may be missing together with its slash. The first route that matches wins.
 */
final class Router
{
    private array $routes = [];

    public function add(string $route, callable $handler): void
    {
        $pattern = '';
        $names = [];
        foreach (explode('/', trim($route, '/')) as $part) {
            if (!preg_match('/^\{(\w+)(\??)\}$/', $part, $found)) {
                $pattern .= '/' . preg_quote($part, '~');
                continue;
            }
            [, $name, $optional] = $found;
            $names[] = $name;
            $pattern .= "/(?<$name>[^/]+)";
        }
        $this->routes[] = ["~^$pattern$~u", $names, $handler];
    }

    /** What the handler of a path returns, given the values of its parts by name; null if there is no route. */
    public function call(string $path): mixed
    {
        $path = '/' . trim($path, '/');
        foreach ($this->routes as [$pattern, $names, $handler]) {
            if (!preg_match($pattern, $path, $found)) {
                continue;
            }
            $values = [];
            foreach ($names as $name) {
                $values[$name] = rawurldecode($found[$name]);
            }
            return $handler(...$values);
        }
        return null;
    }
}

function blog(): Router
{
    $router = new Router();
    $router->add('/', fn () => 'home');
    $router->add('/blog/{year}/{month?}', fn (string $year, string $month = 'all') => "$month of $year");
    $router->add('/tag/{tag}', fn (string $tag) => "tag $tag");
    return $router;
}
