import CQREncode

extension QRPicture {
    /// The quiet zone that readers need (ISO/IEC 18004 §9.1).
    private static let quiet = 4

    /// Draws an address; nil where it is too long for a code.
    public init?(_ address: String) {
        guard address.utf8.count <= 300, !address.utf8.contains(0),
            let code = QRcode_encodeString8bit(address, 0, QR_ECLEVEL_M)
        else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        guard width > 0, let modules = code.pointee.data else { return nil }
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                // The lowest bit of a module says whether it is dark.
                guard modules[row * width + column] & 1 == 1 else {
                    column += 1
                    continue
                }
                let start = column
                while column < width, modules[row * width + column] & 1 == 1 { column += 1 }
                let length = column - start
                path += "M\(start + Self.quiet) \(row + Self.quiet)h\(length)v1h-\(length)z"
            }
        }
        self.init(size: width + 2 * Self.quiet, path: path)
    }
}
