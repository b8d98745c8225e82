import CryptoExtras
import Mustache
enum Warm {}
