import Foundation
import Testing

@testable import Files

struct FileWriterTests {
    @Test func aNewFileHasTheBytesAndThePermissionsOfTheProcess() async {
        await #expect(processExitsWith: .success) {
            umask(0o027)
            try inFolder { folder in
                try write("new", to: folder + "/a")
                #expect(try text(folder + "/a") == "new")
                #expect(try permissions(folder + "/a") == 0o640)
                #expect(try names(in: folder) == ["a"])
            }
        }
    }

    @Test func partsAreWrittenOneAfterTheOther() throws {
        try inFolder { folder in
            try writeWhole(to: folder + "/a") { file throws(WritingError) in
                for number: UInt32 in 1...3 { try file.write([number.littleEndian].span.bytes) }
                try file.write([UInt8]().span.bytes)
            }
            #expect(
                try Data(contentsOf: URL(filePath: folder + "/a"))
                    == Data([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]))
        }
    }

    @Test(
        "An earlier file is replaced, with its permissions, except the right to run as its owner",
        arguments: [
            (0o644, 0o644), (0o600, 0o600), (0o666, 0o666), (0o4755, 0o755), (0o2755, 0o755),
        ] as [(mode_t, mode_t)])
    func anEarlierFileIsReplaced(before: mode_t, after: mode_t) throws {
        try inFolder { folder in
            try write("a longer text", to: folder + "/a")
            #expect(chmod(folder + "/a", before) == 0)
            try write("short", to: folder + "/a")
            #expect(try text(folder + "/a") == "short")
            #expect(try permissions(folder + "/a") == after)
            #expect(try names(in: folder) == ["a"])
        }
    }

    @Test("The owner is kept, where the process may give files away", .enabled(if: geteuid() == 0))
    func theOwnerIsKept() throws {
        try inFolder { folder in
            try write("old", to: folder + "/a")
            #expect(chown(folder + "/a", 1234, 2345) == 0)
            try write("new", to: folder + "/a")
            let status = try status(folder + "/a")
            #expect(status.st_uid == 1234 && status.st_gid == 2345)
        }
    }

    @Test("Until it is whole, nobody else can read the new version of a file that nobody else could read")
    func secretsStaySecret() throws {
        try inFolder { folder in
            try write("old", to: folder + "/a")
            #expect(chmod(folder + "/a", 0o600) == 0)
            try writeWhole(to: folder + "/a") { file throws(WritingError) in
                for name in (try? names(in: folder)) ?? [] {
                    #expect((try? permissions("\(folder)/\(name)")) == 0o600)
                }
            }
        }
    }

    @Test func aLinkStaysAndItsTargetIsWritten() throws {
        try inFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/data", withIntermediateDirectories: true)
            try write("old", to: folder + "/data/a")
            #expect(symlink("data/a", folder + "/near") == 0)
            #expect(symlink(folder + "/near", folder + "/far") == 0)
            #expect(symlink("data/new", folder + "/dangling") == 0)
            try write("new", to: folder + "/far")
            try write("created", to: folder + "/dangling")
            #expect(try text(folder + "/data/a") == "new")
            #expect(try text(folder + "/data/new") == "created")
            for link in ["near", "far", "dangling"] {
                #expect(try status("\(folder)/\(link)").st_mode & S_IFMT == S_IFLNK)
            }
            #expect(try names(in: folder) == ["dangling", "data", "far", "near"])
            #expect(try names(in: folder + "/data") == ["a", "new"])
        }
    }

    @Test(
        "A path that cannot be written is an error, and nothing changes",
        arguments: [
            ("", EINVAL), ("a\0b", EINVAL), ("missing/a", ENOENT), ("folder", EISDIR), ("folder/", EISDIR),
            ("folder/.", EISDIR), ("new/", EISDIR), ("toFolder", EISDIR), ("file/", ENOTDIR),
            ("file/a", ENOTDIR),
            ("circle", ELOOP), (String(repeating: "n", count: 256), ENAMETOOLONG),
        ] as [(String, Int32)])
    func aPathIsRefused(path: String, code: Int32) throws {
        try inFolder { folder in
            try write("old", to: folder + "/file")
            #expect(mkdir(folder + "/folder", 0o777) == 0)
            #expect(symlink("folder", folder + "/toFolder") == 0)
            #expect(symlink("circle", folder + "/circle") == 0)
            let before = try names(in: folder)
            let full = path.isEmpty ? "" : "\(folder)/\(path)"
            let error = WritingError(path: full, code: code)
            #expect(throws: error) { try write("new", to: full) }
            #expect(throws: error) { try checkWritable(full) }
            #expect(try names(in: folder) == before)
            #expect(try text(folder + "/file") == "old")
        }
    }

    @Test func aNameMayBeAsLongAsTheSystemPermits() throws {
        try inFolder { folder in
            let path = "\(folder)/\(String(repeating: "n", count: 255))"
            for version in ["old", "new"] {
                try write(version, to: path)
                #expect(try text(path) == version)
            }
        }
    }

    @Test("A relative path begins in the current folder")
    func aPathIsRelative() async {
        await #expect(processExitsWith: .success) {
            try inFolder { folder in
                #expect(chdir(folder) == 0)
                try write("new", to: "a")
                #expect(mkdir("b", 0o777) == 0)
                try write("new", to: "b/../b/c")
                #expect(try names(in: folder) == ["a", "b"])
                #expect(try names(in: folder + "/b") == ["c"])
            }
        }
    }

    @Test("A pipe and a device are written and stay what they are")
    func devicesStay() throws {
        try inFolder { folder in
            let pipe = folder + "/pipe"
            try #require(mkfifo(pipe, 0o600) == 0)
            #expect(symlink("pipe", folder + "/link") == 0)
            let end = open(pipe, O_RDONLY | O_NONBLOCK)
            defer { close(end) }
            try checkWritable(folder + "/link")
            try write("through the pipe", to: folder + "/link")
            var bytes = [UInt8](repeating: 0, count: 64)
            let count = read(end, &bytes, bytes.count)
            #expect(String(decoding: bytes[..<max(count, 0)], as: UTF8.self) == "through the pipe")
            // Before it is tried on the system's own.
            try #require(try status(pipe).st_mode & S_IFMT == S_IFIFO)
            #expect(try names(in: folder) == ["link", "pipe"])

            let before = try status("/dev/null")
            try checkWritable("/dev/null")
            try write("nothing", to: "/dev/null")
            let after = try status("/dev/null")
            #expect(before.st_ino == after.st_ino && before.st_mode == after.st_mode)
            #expect(after.st_mode & S_IFMT == S_IFCHR)
            #if os(Linux)
                let error = WritingError(path: "/dev/full", code: ENOSPC)
                #expect(throws: error) { try write("nothing", to: "/dev/full") }
            #endif
        }
    }

    #if os(Linux)
        @Test func aSocketTakesNoFile() throws {
            try inFolder { folder in
                let path = folder + "/socket"
                try #require(mknod(path, S_IFSOCK | 0o600, 0) == 0)
                let error = WritingError(path: path, code: ENXIO)
                #expect(throws: error) { try checkWritable(path) }
                #expect(throws: error) { try write("new", to: path) }
                #expect(try status(path).st_mode & S_IFMT == S_IFSOCK)
            }
        }

        @Test(
            "What the system refuses is an error in its words",
            arguments: [("/dev/full", ENOSPC), ("/proc/new", ENOENT), ("/dev/fd/999999", EBADF)]
                as [(String, Int32)])
        func theSystemRefuses(path: String, code: Int32) {
            #expect(throws: WritingError(path: path, code: code)) { try write("new", to: path) }
        }
    #endif

    @Test("What a program writes to its own output comes after what stands there")
    func theOutputIsAppendedTo() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            try inFolder { folder in
                let file = open(folder + "/output", O_RDWR | O_CREAT, 0o600)
                let former = dup(STDOUT_FILENO)
                dup2(file, STDOUT_FILENO)
                print("table")
                fflush(nil)
                try checkWritable("/dev/stdout")
                try write("results", to: "/dev/stdout")
                dup2(former, STDOUT_FILENO)
                print(try text(folder + "/output"))
                fflush(nil)
            }
        }
        let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        #expect(output.contains("table\nresults"))
    }

    @Test("A full disk leaves the earlier file, and no other", arguments: [0, 1_000, 100_000])
    func aFullDisk(limit: Int) async {
        await #expect(processExitsWith: .success) { [limit] in
            try inFolder { folder in
                try write("old", to: folder + "/a")
                signal(SIGXFSZ, SIG_IGN)
                // `rlim_t` and the name of the limit have other types on other systems.
                var bounds = rlimit(rlim_cur: numericCast(limit), rlim_max: numericCast(limit))
                #if canImport(Glibc)
                    let isSet = setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &bounds) == 0
                #else
                    let isSet = setrlimit(RLIMIT_FSIZE, &bounds) == 0
                #endif
                try #require(isSet)
                let long = String(repeating: "long ", count: 100_000)
                for path in [folder + "/a", folder + "/new"] {
                    #expect(throws: WritingError(path: path, code: EFBIG)) { try write(long, to: path) }
                }
                #expect(try text(folder + "/a") == "old")
                #expect(try names(in: folder) == ["a"])
            }
        }
    }

    @Test("An error of the caller's own leaves the earlier file, and no other")
    func anErrorOnTheWay() throws {
        try inFolder { folder in
            try write("old", to: folder + "/a")
            let error = WritingError(path: "source", code: EIO)
            #expect(throws: error) {
                try writeWhole(to: folder + "/a") { file throws(WritingError) in
                    try file.write("half".utf8.span.bytes)
                    throw error
                }
            }
            #expect(try text(folder + "/a") == "old")
            #expect(try names(in: folder) == ["a"])
        }
    }

    @Test("A process that is killed leaves one version or the other, whole", arguments: 0..<10)
    func aKilledProcess(run: Int) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let versions = [String(repeating: "a", count: 1 << 20), String(repeating: "b", count: 1 << 19)]
        try write(versions[0], to: folder + "/file")
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [folder = folder as String, versions = versions as [String], run = run as Int] in
            Thread.detachNewThread {
                usleep(UInt32(10_000 + 1_700 * run))
                kill(getpid(), SIGKILL)
            }
            while true {
                for version in versions.reversed() { try write(version, to: folder + "/file") }
            }
        }
        #expect(versions.contains(try text(folder + "/file")))
    }
}

private func write(_ text: String, to path: String) throws(WritingError) {
    try writeWhole(text.utf8.span.bytes, to: path)
}

/// Calls the body with the path of a new folder, which is removed afterwards.
private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
}

private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

/// What the system says of a path itself, if that is a link too.
private func status(_ path: String) throws -> stat {
    var status = stat()
    try #require(lstat(path, &status) == 0)
    return status
}

private func permissions(_ path: String) throws -> mode_t { try status(path).st_mode & 0o7777 }
