"""Jupyter's own test of kernels, with cells for ours: every test of it runs.

Run by the suite (conformance.rs), and by the comparison with the stock kernel, which
names another kernel and its language. A test of jupyter_kernel_test whose sample is
missing is skipped, so there is a sample for each.
"""

import os
import sys
import unittest

import jupyter_kernel_test


def block(mime, data):
    """A cell that prints one of evcxr's content blocks."""
    lines = ["EVCXR_BEGIN_CONTENT " + mime, data, "EVCXR_END_CONTENT"]
    return "\n".join(f'println!(r#"{line}"#);' for line in lines)


class RustKernel(jupyter_kernel_test.KernelTests):
    kernel_name = os.environ.get("KERNEL_TEST_NAME", "rust")
    language_name = os.environ.get("KERNEL_TEST_LANGUAGE", "rust")
    file_extension = ".rs"

    code_hello_world = 'println!("hello, world");'
    code_stderr = 'eprintln!("not good");'
    completion_samples = [{"text": "std::vec::Ve", "matches": {"Vec"}}]
    complete_code_samples = ["let a = 1;", "fn f() {}", "1 + 1"]
    incomplete_code_samples = ["fn f() {", "let a = (", 'let s = "open']
    invalid_code_samples = ["let a = )", "fn f() { ]"]
    code_page_something = "?Vec"
    code_generate_error = 'panic!("on purpose")'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a".repeat(3)', "result": '"aaa"'},
    ]
    code_display_data = [
        {"code": block("text/html", "<b>1</b>"), "mime": "text/html"},
        {"code": block("image/svg+xml", "<svg/>"), "mime": "image/svg+xml"},
    ]
    code_history_pattern = "6 ? 7*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Vec"
    code_clear_output = block(
        "application/vnd.kernel-ext.output+json", '{{"clear": {{"wait": false}}}}'
    )


def summary(result):
    """How many tests pass, fail and are skipped; one with several failing samples fails once."""
    tests = [test for test, _ in result.failures + result.errors]
    failed = len({getattr(test, "test_case", test).id() for test in tests})
    skipped = len(result.skipped)
    counts = [(result.testsRun - failed - skipped, "pass"), (failed, "fail"), (skipped, "skipped")]
    return ", ".join(f"{n} {word}" for n, word in counts if n)


if __name__ == "__main__":
    result = unittest.main(exit=False).result
    print("summary:", summary(result))
    sys.exit(not result.wasSuccessful())
