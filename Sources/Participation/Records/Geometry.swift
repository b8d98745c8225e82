/// A GeoJSON geometry in map units (RFC 7946 §3.1): points, lines and areas, nothing nested.
enum Geometry {
    private static let depths = [
        "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2,
        "MultiPolygon": 3,
    ]

    /// The geometry as compact text with its two members in fixed order.
    /// - Throws: ``InputProblem`` where it is none, or larger than the limit.
    static func canonical(_ input: JSON) throws(InputProblem) -> String {
        let geometry: JSON
        if let text = input.text {
            guard text.utf8.count <= Limits.geometryBytes else { throw tooLarge }
            guard let read = try? JSONReader.read(text.utf8) else {
                throw InputProblem(.notGeometry)
            }
            geometry = read
        } else {
            geometry = input
        }
        guard case .object(let members) = geometry, members.count == 2,
            let type = geometry["type"]?.text, let depth = depths[type],
            let coordinates = geometry["coordinates"], isValid(coordinates, depth)
        else { throw InputProblem(.notGeometry) }
        let text = JSON.object([.init("type", .string(type)), .init("coordinates", coordinates)])
            .encoded
        guard text.utf8.count <= Limits.geometryBytes else { throw tooLarge }
        return text
    }

    private static var tooLarge: InputProblem {
        InputProblem(.geometryTooLarge, ["limit": String(Limits.geometryBytes / 1024)])
    }

    private static func isValid(_ value: JSON, _ depth: Int) -> Bool {
        guard case .array(let elements) = value, !elements.isEmpty else { return false }
        if depth > 0 { return elements.allSatisfy { isValid($0, depth - 1) } }
        return elements.count == 2
            && elements.allSatisfy {
                switch $0 {
                case .integer(let number): abs(Double(number)) <= 1e6
                case .number(let number): abs(number) <= 1e6
                default: false
                }
            }
    }
}
