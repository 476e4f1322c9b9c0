"""A Jupyter Notebook server, and a kernel asked through it as its page does.

Run by notebook.rs. Prints what was answered.
"""

import http.client
import json
import re
import socket
import subprocess
import sys
import threading
import time
import uuid

import websocket

TOKEN = "told-to-nobody-else"
HEADERS = {"Authorization": f"token {TOKEN}"}
# Longer than anything takes on a busy machine; only a failure waits for so long.
LIMIT_S = 120


def start():
    """The server's process and address."""
    # Not port 0, with which the server does not say where it is. If another program
    # takes this one meanwhile, the server tries the next.
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    arguments = ["-I", "-m", "notebook", "--no-browser", "--allow-root"]
    arguments += [f"--port={port}", "--ip=127.0.0.1"]
    arguments += [f"--IdentityProvider.token={TOKEN}"]
    server = subprocess.Popen(
        [sys.executable, *arguments], stderr=subprocess.PIPE, text=True
    )
    said = ""
    for line in server.stderr:
        said += line
        if found := re.search(r"http://(127\.0\.0\.1:\d+)/", line):
            # Read on, or the server would stop when the pipe is full.
            threading.Thread(target=server.stderr.read, daemon=True).start()
            await_answer(server, found[1])
            return server, found[1]
    sys.exit(f"the server ended:\n{said}")


def await_answer(server, address):
    """The server says where it is some time before it listens."""
    deadline = time.monotonic() + LIMIT_S
    while server.poll() is None and time.monotonic() < deadline:
        try:
            return ask(address, "GET", "/api")
        except ConnectionRefusedError:
            time.sleep(0.05)
    sys.exit("the server did not answer, or ended before it did")


def ask(address, method, path, body=None):
    connection = http.client.HTTPConnection(address, timeout=LIMIT_S)
    connection.request(method, path, body and json.dumps(body), HEADERS)
    answer = connection.getresponse()
    content = answer.read()
    assert answer.status < 300, f"{method} {path}: {answer.status} {content}"
    return content


class Kernel:
    def __init__(self, address):
        self.address = address
        self.path = "/api/kernels"
        started = json.loads(ask(address, "POST", self.path, {"name": "rust"}))
        self.path += "/" + started["id"]
        url = f"ws://{address}{self.path}/channels"
        self.socket = websocket.create_connection(
            url, timeout=LIMIT_S, header=HEADERS
        )

    def run(self, code, on_text=lambda text: None):
        """Prints what the cell causes, one line a message."""
        msg_id = uuid.uuid4().hex
        header = {"msg_id": msg_id, "msg_type": "execute_request", "session": "test"}
        header |= {"username": "", "version": "5.3", "date": "2020-01-01T00:00:00Z"}
        content = {"code": code, "silent": False, "store_history": True}
        content |= {"user_expressions": {}, "allow_stdin": False}
        message = {"channel": "shell", "header": header, "content": content}
        message |= {"parent_header": {}, "metadata": {}, "buffers": []}
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            kind, content = answer["header"]["msg_type"], answer["content"]
            if answer["parent_header"].get("msg_id") != msg_id:
                continue
            if kind == "stream":
                print(content["name"], content["text"].strip())
                on_text(content["text"])
            elif kind == "execute_result":
                print("result", content["data"]["text/plain"])
            elif kind == "error":
                print("error", content["ename"])
            elif kind == "status" and content["execution_state"] == "idle":
                return

    def interrupt(self, _text):
        ask(self.address, "POST", self.path + "/interrupt")

    def end(self):
        self.socket.close()
        ask(self.address, "DELETE", self.path)


def main():
    server, address = start()
    try:
        page = ask(address, "GET", "/tree").decode()
        print("page", re.search(r"<title>\s*(.*?)\s*</title>", page)[1])
        specs = json.loads(ask(address, "GET", "/api/kernelspecs"))
        spec = specs["kernelspecs"]["rust"]
        print("default", specs["default"], "shown as", spec["spec"]["display_name"])
        logo = ask(address, "GET", spec["resources"]["logo-svg"])
        print("logo", logo[:4].decode())
        kernel = Kernel(address)
        kernel.run("let mut kept = vec![6, 7];")
        kernel.run("kept.iter().product::<i32>()")
        kernel.run("kept[2]")
        kernel.run('kept.push(8); println!("runs"); loop {}', kernel.interrupt)
        kernel.run("kept")
        kernel.end()
    finally:
        server.terminate()
        server.wait(LIMIT_S)


if __name__ == "__main__":
    main()
