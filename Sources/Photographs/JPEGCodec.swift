import CImageCodecs

/// JPEG through TurboJPEG, libjpeg-turbo's own interface.
enum JPEGCodec {
    /// Reads a picture, made smaller on the way as far as its longer side stays at least `side`.
    static func decode(_ bytes: [UInt8], side: Int) throws -> Raster {
        // Where the file breaks off, the library would fill up with grey.
        guard JPEGSegments.isWhole(bytes) else { throw PhotoRefusal.damaged }
        guard let codec = tjInitDecompress() else { throw PhotoRefusal.tooManyPixels }
        defer { tjDestroy(codec) }
        let (size, isInk) = try header(bytes, codec)
        try PhotoReducer.check(size, .jpeg)
        let scaled = size.scaled(by: size.fraction(leaving: side, of: fractions()))
        let raster = try Raster(scaled)
        let format = isInk ? TJPF_CMYK : TJPF_BGRA
        let outcome = try raster.withBytes { pixels, _ in
            tjDecompress2(
                codec, bytes, UInt(bytes.count), pixels, Int32(scaled.width), Int32(raster.pitch),
                Int32(scaled.height), format.rawValue, 0)
        }
        if outcome != 0 { try refuse(codec) }
        if isInk { try raster.withBytes(mix) }
        return raster
    }

    /// Writes a picture without anything beside it.
    static func encode(_ raster: Raster) throws -> [UInt8] {
        guard let codec = tjInitCompress() else { throw PhotoRefusal.tooManyPixels }
        defer { tjDestroy(codec) }
        let size = try raster.size
        for quality in PhotoLimits.qualities {
            var memory: UnsafeMutablePointer<UInt8>?
            var count: UInt = 0
            defer { tjFree(memory) }
            let outcome = try raster.withBytes { pixels, _ in
                tjCompress2(
                    codec, pixels, Int32(size.width), Int32(raster.pitch), Int32(size.height),
                    TJPF_BGRX.rawValue, &memory, &count, Int32(TJSAMP_420.rawValue), quality, 0)
            }
            guard outcome == 0, let memory else { throw PhotoRefusal.tooManyPixels }
            if count <= UInt(PhotoLimits.keptBytes) {
                return Array(UnsafeBufferPointer(start: memory, count: Int(count)))
            }
        }
        throw PhotoRefusal.tooManyBytes
    }

    private static func header(
        _ bytes: [UInt8], _ codec: tjhandle
    ) throws -> (PhotoSize, isInk: Bool) {
        var (width, height, sampling, colours) = (Int32(0), Int32(0), Int32(0), Int32(0))
        let outcome = tjDecompressHeader3(
            codec, bytes, UInt(bytes.count), &width, &height, &sampling, &colours)
        guard outcome == 0, let size = PhotoSize(Int(width), Int(height)) else {
            throw PhotoRefusal.damaged
        }
        let ink = [TJCS_CMYK, TJCS_YCCK].map { Int32($0.rawValue) }
        return (size, ink.contains(colours))
    }

    /// Fails, unless it is only that bytes without a meaning stand between others, as some
    /// cameras write.
    private static func refuse(_ codec: tjhandle) throws {
        let message = String(cString: tjGetErrorStr2(codec))
        if message.contains("memory") { throw PhotoRefusal.tooManyPixels }
        guard tjGetErrorCode(codec) == TJERR_WARNING.rawValue, message.contains("extraneous") else {
            throw PhotoRefusal.damaged
        }
    }

    private static func fractions() -> [PhotoSize.Fraction] {
        var count: Int32 = 0
        guard let factors = tjGetScalingFactors(&count) else { return [] }
        return UnsafeBufferPointer(start: factors, count: Int(count)).map {
            .init(numerator: Int($0.num), denominator: Int($0.denom))
        }
    }

    /// Printers' inks, which JPEG files hold inverted, to blue, green and red.
    private static func mix(_ pixels: UnsafeMutablePointer<UInt8>, _ count: Int) {
        for place in stride(from: 0, to: count - 3, by: 4) {
            let black = Int(pixels[place + 3])
            let (cyan, yellow) = (Int(pixels[place]), Int(pixels[place + 2]))
            pixels[place] = UInt8(yellow * black / 255)
            pixels[place + 1] = UInt8(Int(pixels[place + 1]) * black / 255)
            pixels[place + 2] = UInt8(cyan * black / 255)
            pixels[place + 3] = 255
        }
    }
}
