import CImageCodecs
import Foundation
import Photographs
import Testing

@testable import Commands

/// Photographs reduced in a process of their own, which nothing hostile gets out of.
struct PhotoProcessTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("ashar-photo-\(UUID().uuidString)")

    private func with(_ work: () async throws -> Void) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await work()
    }

    private func file(_ bytes: some Sequence<UInt8>) throws -> URL {
        let file = folder.appendingPathComponent(UUID().uuidString)
        try Data(bytes).write(to: file)
        return file
    }

    /// A program that does what these lines say.
    private func script(_ lines: String) throws -> String {
        let file = try file("#!/bin/sh\n\(lines)\n".utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700], ofItemAtPath: file.path)
        return file.path
    }

    /// A grey JPEG.
    private static func jpeg(_ width: Int, _ height: Int) -> [UInt8] {
        let codec = tjInitCompress()
        defer { tjDestroy(codec) }
        var (memory, count): (UnsafeMutablePointer<UInt8>?, UInt) = (nil, 0)
        defer { tjFree(memory) }
        tjCompress2(
            codec, [UInt8](repeating: 128, count: width * height), Int32(width), 0, Int32(height),
            TJPF_GRAY.rawValue, &memory, &count, Int32(TJSAMP_GRAY.rawValue), 90, 0)
        return Array(UnsafeBufferPointer(start: memory, count: Int(count)))
    }

    private func refusal(_ file: URL, _ workshop: PhotoProcess) async -> PhotoRefusal? {
        do {
            _ = try await workshop.reduce(file)
            return nil
        } catch {
            return error as? PhotoRefusal
        }
    }

    @Test func `fifty million pixels become a small photograph`() async throws {
        try await with {
            let workshop = PhotoProcess(program: Program.file.path)
            let photo = try await workshop.reduce(try file(Self.jpeg(8660, 5774)))
            #expect(photo.size.width == 2048 && photo.bytes.count < 100_000)
            #expect(PhotoFormat(photo.bytes) == .jpeg)
        }
    }

    @Test func `what is no photograph comes back as a word`() async throws {
        try await with {
            let workshop = PhotoProcess(program: Program.file.path)
            for (bytes, word) in [
                (Array("<svg onload='alert(1)'/>".utf8), PhotoRefusal.noPhotograph),
                ([], .empty), (Array(Self.jpeg(300, 200).dropLast(200)), .damaged),
                ([UInt8](repeating: 0xFF, count: PhotoLimits.uploadBytes + 1), .tooManyBytes),
            ] {
                let photo = try file(bytes)
                #expect(await refusal(photo, workshop) == word)
            }
            let gone = folder.appendingPathComponent("gone")
            #expect(await refusal(gone, workshop) == .empty)
        }
    }

    @Test func `several at once come one after the other`() async throws {
        try await with {
            let workshop = PhotoProcess(program: Program.file.path)
            let file = try file(Self.jpeg(300, 200))
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 { group.addTask { try await workshop.reduce(file) } }
                for try await photo in group { #expect(photo.size == PhotoSize(300, 200)) }
            }
        }
    }

    @Test func `a decoder that hangs, crashes, fails or never stops talking ends`() async throws {
        try await with {
            let photo = try file(Self.jpeg(30, 20))
            for (lines, word) in [
                ("exec sleep 600", PhotoRefusal.tooManyPixels), ("kill -SEGV $$", .damaged),
                ("exit 1", .damaged), ("exec yes", .tooManyPixels), ("echo photo", .damaged),
                ("echo photo 1 1 -", .damaged), ("echo refused damaged", .damaged),
            ] {
                let workshop = PhotoProcess(program: try script(lines), seconds: 2)
                #expect(await refusal(photo, workshop) == word, "\(lines)")
            }
        }
    }

    @Test func `it has neither files nor words of the program that made it`() async throws {
        try await with {
            let said = folder.appendingPathComponent("said")
            let lines = "(ls /proc/self/fd | wc -l; env | grep -c SECRET) >'\(said.path)'; exit 1"
            let secret = folder.appendingPathComponent("secret")
            try Data("secret".utf8).write(to: secret)
            let handle = open(secret.path, O_RDONLY)
            defer { close(handle) }
            let workshop = PhotoProcess(program: try script(lines))
            let photo = try file([1])
            #expect(await refusal(photo, workshop) == .damaged)
            // Its three, and the one through which `ls` reads the list.
            let words = try String(contentsOf: said, encoding: .utf8).split(separator: "\n")
            #expect(words.map(String.init) == ["4", "0"])
        }
    }
}
