def test_lines():
    expected = "a\nb\nc"
    assert "a\nx\nc" == expected
