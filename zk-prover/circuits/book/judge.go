package book

import (
	"crypto/sha256"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

// Names are the identities of the keys that a book was proved with.
type Names struct {
	Batch  [sha256.Size]byte
	Layers [][sha256.Size]byte // from the lowest
	Top    [sha256.Size]byte
}

// Judge holds a book against the keys that it names, the table that it brings, a house file and what the verifier expects. Shapes come from
// the records of the keys. Every proof is checked and the table must be the epoch's; what the house holds is for the caller to find.
func (b *Bundle) Judge(names Names, keyFiles [][]byte, table *risktable.Table, houseFile []byte, expected verification.Expectation) (verification.Judgement, error) {
	files, err := filesOf(names, keyFiles)
	if err != nil {
		return verification.Judgement{}, err
	}
	keys, err := verifyingKeys(files)
	if err != nil {
		return verification.Judgement{}, err
	}
	parts := verification.Parts{Holds: func() error { return b.Verify(keys, table) },
		Found: []verification.Fact{{Pin: verification.PinTable, State: verification.Given}}}
	for _, file := range files {
		parts.Records = append(parts.Records, file.Record)
	}
	if parts.Public, err = b.topPublic(keys); err != nil {
		return verification.Judgement{}, err
	}
	return verification.JudgeTogether(parts, houseFile, expected)
}

// filesOf are the key files of batches, layers and top, in this order.
func filesOf(names Names, contents [][]byte) ([]verification.KeyFile, error) {
	known := map[[sha256.Size]byte]verification.KeyFile{}
	for _, content := range contents {
		file, err := verification.ParseKeyFile(content)
		if err != nil {
			return nil, err
		}
		known[file.Record.Identity()] = file
	}
	wanted := append(append([][sha256.Size]byte{names.Batch}, names.Layers...), names.Top)
	files := make([]verification.KeyFile, len(wanted))
	for i, identity := range wanted {
		file, ok := known[identity]
		if !ok {
			return nil, refusal.New(refusal.Key, "KEY_MISSING", "keys[%d]", i)
		}
		files[i] = file
	}
	return files, nil
}

// verifyingKeys reads the shape of each key from its record: a key of another circuit is none of a book.
func verifyingKeys(files []verification.KeyFile) (VerifyingKeys, error) {
	last := len(files) - 1
	keys := VerifyingKeys{Batch: files[0].Vk}
	for i, file := range files {
		circuit := SumName
		switch i {
		case 0:
			circuit = BatchName
		case last:
			circuit = TopName
		}
		if file.Record.Circuit != circuit {
			return keys, refusal.New(refusal.Key, "KEY_OF_ANOTHER_CIRCUIT", "keys[%d]", i)
		}
		shape, document := canonical.Decode(canonical.Encode(file.Record.Shape), refusal.Key, "record.shape")
		switch i {
		case 0:
			keys.Shape = readShape(shape)
		case last:
			keys.Top = SumKey{Shape: readSumShape(shape, 1, depthMax), Key: file.Vk}
		default:
			keys.Layers = append(keys.Layers, SumKey{Shape: readSumShape(shape, 0, 0), Key: file.Vk})
		}
		if document.Fault() != nil {
			return keys, document.Fault()
		}
	}
	return keys, keys.check()
}

// topPublic are the public inputs that the top must have: they follow from what the book says.
func (b *Bundle) topPublic(keys VerifyingKeys) (public [publicinput.Count]fr.Element, err error) {
	var nodes []fr.Element
	for _, batch := range b.Batches {
		nodes = append(nodes, batch.Node)
	}
	if n := len(b.Layers); n > 0 {
		nodes = nil
		for _, part := range b.Layers[n-1] {
			nodes = append(nodes, part.Node)
		}
	}
	children, err := childrenOf(keys.Top.Shape, nodes, 0)
	if err != nil {
		return public, err
	}
	return topPublic(b.Epoch, b.Shortfall, b.Accounts, b.Published.Digest(children)), nil
}
