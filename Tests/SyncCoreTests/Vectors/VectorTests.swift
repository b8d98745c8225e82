import SyncCore
import Testing

/// The golden bytes of protocol version 1 in `Sync/Vectors/1`. They were made by an independent
/// program from PROTOCOL.md and may not change as long as the version does not.
///
/// To add one: put its fields into a file and run the tests with `ASHAR_WRITE_VECTORS=1`.
@Suite(.serialized)
struct VectorTests {
    @Test func `payloads`() throws {
        try VectorFile.checkBytes("change", ChangeFields.self)
        try VectorFile.checkBytes("statement", StatementFields.self)
    }

    @Test func `headers and seals`() throws {
        try VectorFile.checkBytes("header", HeaderFields.self)
        try VectorFile.checkOutcome("seal", SealCase.self)
    }

    @Test func `frames and heads`() throws {
        try VectorFile.checkBytes("frame", FrameFields.self)
        try VectorFile.checkBytes("heads", HeadsFields.self)
    }

    @Test func `the messages of a session`() throws {
        try VectorFile.checkBytes("hello", HelloFields.self)
        try VectorFile.checkBytes("pull-request", PullRequestFields.self)
        try VectorFile.checkBytes("pull-answer", PullAnswerFields.self)
        try VectorFile.checkBytes("push-answer", PushAnswerFields.self)
        try VectorFile.checkBytes("refusal", RefusalFields.self)
    }

    @Test func `pairings and invitations`() throws {
        try VectorFile.checkOutcome("pairing", PairingCase.self)
        try VectorFile.checkOutcome("invitation", InvitationCase.self)
    }

    @Test func `the headers and manifests of bundles`() throws {
        try VectorFile.checkBytes("bundle-header", BundleHeaderFields.self)
        try VectorFile.checkBytes("bundle-manifest", BundleManifestFields.self)
    }

    @Test func `the merge, in the given order and in every turn of it`() throws {
        try VectorFile.checkOutcome("merge", MergeCase.self)
        for vector in try VectorFile<MergeCase>("merge").vectors {
            for turn in vector.edits.indices {
                let edits = Array(vector.edits[turn...] + vector.edits[..<turn])
                #expect(try vector.computed(edits) == vector, "\(vector.name)")
                #expect(try vector.computed(edits.reversed()) == vector, "\(vector.name)")
            }
        }
    }

    @Test func `forks`() throws { try VectorFile.checkOutcome("fork", ForkCase.self) }

    @Test func `memberships`() throws {
        try VectorFile.checkOutcome("membership", MembershipCase.self)
    }

    @Test func `the founding entry of the frames names their community`() throws {
        let frame = try #require(try VectorFile<ByteVector<FrameFields>>("frame").vectors.last)
        let hello = try #require(try VectorFile<ByteVector<HelloFields>>("hello").vectors.first)
        let run = try frame.fields.frame().runs[0].verified()
        let entries = try run.entries.compactMap { entry -> Membership.Entry? in
            let payload = try #require(entry.entry.payload)
            guard case .statement(let statement) = try Payload.message(payload) else { return nil }
            return Membership.Entry(branch: run.branch, head: entry.head, statement: statement)
        }
        let membership = Membership(try hello.fields.community.community(), entries)
        #expect(membership.members.keys.contains(run.branch.device))
    }
}
