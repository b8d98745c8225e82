import CImageCodecs

/// WebP through libwebp.
enum WebPCodec {
    /// Reads a picture, made smaller on the way, and laid on white where it is transparent.
    static func decode(_ bytes: [UInt8], side: Int) throws -> Raster {
        var config = WebPDecoderConfig()
        guard WebPInitDecoderConfig(&config) != 0,
            WebPGetFeatures(bytes, bytes.count, &config.input) == VP8_STATUS_OK,
            config.input.has_animation == 0,
            let size = PhotoSize(Int(config.input.width), Int(config.input.height))
        else { throw PhotoRefusal.damaged }
        try PhotoReducer.check(size, .webp)
        let fitting = size.fitting(side)
        let raster = try Raster(fitting)
        config.options.use_scaling = fitting == size ? 0 : 1
        config.options.scaled_width = Int32(fitting.width)
        config.options.scaled_height = Int32(fitting.height)
        config.output.colorspace = MODE_BGRA
        config.output.is_external_memory = 1
        let status = try raster.withBytes { pixels, count in
            config.output.u.RGBA.rgba = pixels
            config.output.u.RGBA.stride = Int32(raster.pitch)
            config.output.u.RGBA.size = count
            return WebPDecode(bytes, bytes.count, &config)
        }
        switch status {
        case VP8_STATUS_OK: break
        case VP8_STATUS_OUT_OF_MEMORY: throw PhotoRefusal.tooManyPixels
        default: throw PhotoRefusal.damaged
        }
        raster.layOnWhite()
        return raster
    }
}
