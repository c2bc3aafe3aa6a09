import Ledger
import Testing

/// Leaves in memory, hashed anew by the definition of RFC 9162, section 2.1.1, without anything of `MerkleTree`.
private struct Leaves: SubtreeSource {
    let hashes: [LogHash]

    init(_ count: Int) { hashes = (0..<count).map { .leaf(Array("leaf \($0)".utf8)) } }

    init(_ inputs: [[UInt8]]) { hashes = inputs.map { .leaf($0) } }

    func subtree(height: Int, place: Int64) throws -> LogHash {
        let first = Int(place) << height
        return naive(first..<first + 1 << height)
    }

    func naive(_ range: Range<Int>) -> LogHash {
        guard range.count > 1 else { return range.isEmpty ? .empty : hashes[range.lowerBound] }
        var half = 1
        while half * 2 < range.count { half *= 2 }
        let middle = range.lowerBound + half
        return .node(naive(range.lowerBound..<middle), naive(middle..<range.upperBound))
    }
}

private func hashes(_ texts: [String]) throws -> [LogHash] {
    try texts.map { try #require(Hexadecimal.bytes($0).flatMap { LogHash($0) }) }
}

@Suite("The tree of RFC 9162: the published vectors")
struct MerkleVectorTests {
    /// The inputs and answers that the certificate-transparency projects share.
    private static let inputs = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].compactMap { Hexadecimal.bytes($0) }

    private static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test func `roots over none to eight leaves`() throws {
        let leaves = Leaves(Self.inputs)
        for size in 0...8 {
            #expect(try MerkleTree.root(size: Int64(size), leaves).hexadecimal == Self.roots[size])
        }
    }

    @Test(arguments: [
        (
            Int64(0), Int64(8),
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        ),
        (
            5, 8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
        (
            1, 5,
            [
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        ),
        (0, 1, []),
    ])
    func `inclusion`(_ leaf: Int64, _ size: Int64, _ path: [String]) throws {
        let leaves = Leaves(Self.inputs)
        #expect(try MerkleTree.inclusion(of: leaf, size: size, leaves) == hashes(path))
        let root = try hashes([Self.roots[Int(size)]])[0]
        #expect(
            MerkleTree.holds(
                inclusion: try hashes(path), of: leaves.hashes[Int(leaf)], leaf: leaf, size: size, root: root))
    }

    @Test(arguments: [
        (Int64(1), Int64(1), [String]()),
        (
            1, 8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        ),
        (
            6, 8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        ),
        (
            2, 5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        ),
    ])
    func `consistency`(_ first: Int64, _ second: Int64, _ path: [String]) throws {
        let leaves = Leaves(Self.inputs)
        #expect(try MerkleTree.consistency(from: first, size: second, leaves) == hashes(path))
        let roots = try hashes([Self.roots[Int(first)], Self.roots[Int(second)]])
        #expect(
            MerkleTree.holds(
                consistency: try hashes(path), first: first, old: roots[0], second: second, new: roots[1]))
    }
}

@Suite("The tree of RFC 9162: every size up to 130")
struct MerkleTreeTests {
    private static let most = 130

    @Test func `roots and the growing edge are those of the definition`() throws {
        let leaves = Leaves(Self.most)
        var frontier = TreeFrontier()
        for size in 0...Self.most {
            let root = leaves.naive(0..<size)
            #expect(try MerkleTree.root(size: Int64(size), leaves) == root && frontier.root == root)
            guard size < Self.most else { break }
            frontier.add(leaves.hashes[size]) { height, place, hash in
                let first = Int(place) << height
                #expect(hash == leaves.naive(first..<first + 1 << height))
            }
        }
    }

    @Test func `every leaf is proved in every tree, and nowhere else`() throws {
        let leaves = Leaves(Self.most)
        for size in 1...Self.most {
            let root = leaves.naive(0..<size)
            for leaf in 0..<size {
                let path = try MerkleTree.inclusion(of: Int64(leaf), size: Int64(size), leaves)
                func holds(_ path: [LogHash], _ place: Int, _ root: LogHash) -> Bool {
                    MerkleTree.holds(
                        inclusion: path, of: leaves.hashes[leaf], leaf: Int64(place), size: Int64(size), root: root)
                }
                #expect(holds(path, leaf, root))
                #expect(!holds(path, (leaf + 1) % (size + 1), root) && !holds(path, leaf, .empty))
                #expect(
                    !holds(path + [root], leaf, root) && (path.isEmpty || !holds(Array(path.dropLast()), leaf, root)))
            }
        }
    }

    @Test func `every tree is proved to be the beginning of every later one, and of no other`() throws {
        let leaves = Leaves(Self.most)
        let roots = (0...Self.most).map { leaves.naive(0..<$0) }
        for second in 1...Self.most {
            for first in 0...second {
                let path = try MerkleTree.consistency(from: Int64(first), size: Int64(second), leaves)
                func holds(_ path: [LogHash], _ old: LogHash, _ new: LogHash) -> Bool {
                    MerkleTree.holds(
                        consistency: path, first: Int64(first), old: old, second: Int64(second), new: new)
                }
                #expect(holds(path, roots[first], roots[second]))
                #expect(!holds(path, roots[(first + 1) % second], roots[second]) || first == second - 1 && second == 1)
                #expect(first == 0 || !holds(path, roots[first], .empty))
                #expect(!holds(path + [roots[1]], roots[first], roots[second]))
            }
        }
    }
}
