import ArgumentParser
import AsyncHTTPClient
import Hummingbird
import HummingbirdTLS
import NIOSSL
enum Warm {}
