<?php

namespace goldseam\symbols;

use ReflectionClass;
use ReflectionFunction;
use ReflectionFunctionAbstract;

/*
 * Boxed worker: what this PHP has built in. A line in: {}. A line out: {"functions": {name: signature},
 * "classes": {name: {"parents": […], "methods": {name: signature}, "properties": […], "constants": […]}},
 * "constants": […]}; a signature is [required, most or -1, [positions by reference]].
 */

function signature(ReflectionFunctionAbstract $function): array
{
    $references = [];
    foreach ($function->getParameters() as $parameter) {
        if ($parameter->isPassedByReference()) {
            $references[] = $parameter->isVariadic() ? -1 : $parameter->getPosition();
        }
    }
    $most = $function->isVariadic() ? -1 : $function->getNumberOfParameters();
    return [$function->getNumberOfRequiredParameters(), $most, $references];
}

function functions(): array
{
    $found = [];
    foreach (get_defined_functions()['internal'] as $name) {
        $found[$name] = signature(new ReflectionFunction($name));
    }
    return $found;
}

function classes(): array
{
    $found = [];
    foreach ([...get_declared_classes(), ...get_declared_interfaces()] as $name) {
        $class = new ReflectionClass($name);
        if (!$class->isInternal()) {
            continue;
        }
        $methods = [];
        foreach ($class->getMethods() as $method) {
            $methods[$method->getName()] = signature($method);
        }
        $parent = $class->getParentClass();
        $found[$class->getName()] = [
            'parents' => [...($parent ? [$parent->getName()] : []), ...$class->getInterfaceNames()],
            'methods' => (object) $methods,
            'properties' => array_map(static fn ($property) => $property->getName(), $class->getProperties()),
            'constants' => array_keys($class->getConstants()),
        ];
    }
    return $found;
}

$answer = json_encode([
    'functions' => functions(),
    'classes' => classes(),
    'constants' => array_keys(get_defined_constants()),
], JSON_INVALID_UTF8_SUBSTITUTE);
while (fgets(STDIN) !== false) {
    fwrite(STDOUT, $answer . "\n");
}
