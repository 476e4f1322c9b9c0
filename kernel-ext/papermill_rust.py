"""papermill with parameters for notebooks in Rust.

Takes the arguments of the command `papermill`, which does not know how a value is
written in Rust and cannot be taught from outside:

    python papermill_rust.py in.ipynb out.ipynb -p servers 4 -p load 0.75

A whole number becomes an `i64`, a list a `Vec`, a table a `BTreeMap`.
"""

from papermill.cli import papermill
from papermill.translators import Translator, papermill_translators


class RustTranslator(Translator):
    @classmethod
    def translate_escaped_str(cls, value):
        def escaped(char):
            is_plain = char.isprintable() and char not in '\\"'
            return char if is_plain else f"\\u{{{ord(char):x}}}"

        return '"' + "".join(map(escaped, str(value))) + '"'

    @classmethod
    def translate_int(cls, value):
        return f"{value}_i64"

    @classmethod
    def translate_float(cls, value):
        return f"{value!r}_f64"

    @classmethod
    def translate_none(cls, value):
        raise ValueError("Rust has no type for a parameter without a value")

    @classmethod
    def translate_list(cls, value):
        return f"vec![{', '.join(map(cls.translate, value))}]"

    @classmethod
    def translate_dict(cls, value):
        pairs = (f"({cls.translate_str(k)}, {cls.translate(v)})" for k, v in value.items())
        return f"std::collections::BTreeMap::from([{', '.join(pairs)}])"

    @classmethod
    def comment(cls, text):
        return f"// {text}"

    @classmethod
    def assign(cls, name, value):
        return f"let {name} = {value};"


papermill_translators.register("rust", RustTranslator)

if __name__ == "__main__":
    papermill()
