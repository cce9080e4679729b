<?php

require_once __DIR__ . '/Form.php';

use PHPUnit\Framework\TestCase;

final class FormTest extends TestCase
{
    public function testGood(): void
    {
        $form = new Form(['name' => 'required|max:5', 'count' => 'required|int']);
        $this->assertSame(['name' => 'Ann', 'count' => 3], $form->check(['name' => ' Ann ', 'count' => '3']));
        $this->assertSame([], $form->errors());
    }

    public function testMissing(): void
    {
        $form = new Form(['name' => 'required', 'note' => 'max:3']);
        $form->check(['name' => '  ']);
        $this->assertSame(['name' => 'is missing'], $form->errors());
    }

    public function testZeroIsThere(): void
    {
        $form = new Form(['count' => 'required|int']);
        $this->assertSame(['count' => 0], $form->check(['count' => '0']));
    }

    public function testBad(): void
    {
        $form = new Form(['count' => 'required|int', 'name' => 'required|max:2']);
        $form->check(['count' => 'x', 'name' => 'abc']);
        $this->assertSame(['count' => 'is no number', 'name' => 'is longer than 2'], $form->errors());
    }
}
