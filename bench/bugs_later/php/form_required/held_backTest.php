<?php

require_once __DIR__ . '/Form.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    private function missing(array $input): bool
    {
        $form = new Form(['x' => 'required']);
        $form->check($input);
        return $form->errors() === ['x' => 'is missing'];
    }

    public function testMissing(): void
    {
        foreach ([[], ['x' => null], ['x' => ''], ['x' => " \t"], ['x' => []], ['y' => '1']] as $input) {
            $this->assertTrue($this->missing($input), json_encode($input));
        }
    }

    public function testThere(): void
    {
        foreach (['0', 0, 0.0, false, '0.0', ' 0 ', 'a', ['']] as $value) {
            $this->assertFalse($this->missing(['x' => $value]), json_encode($value));
        }
        $form = new Form(['x' => 'required|int', 'y' => 'int']);
        $this->assertSame(['x' => 0, 'y' => ''], $form->check(['x' => 0, 'y' => '']));
    }
}
