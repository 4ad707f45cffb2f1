package account

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

func bytesOf(element fr.Element) []byte {
	encoded := element.Bytes()
	return encoded[:]
}

func listTree(entries []publicinput.Entry) []any {
	list := []any{}
	for _, entry := range entries {
		list = append(list, []any{entry.Key, entry.Lots})
	}
	return list
}

// accountTree and requestTree are the trees that ABI.md describes.
func accountTree(account publicinput.AccountLeaf) []any {
	var collateral, debt []publicinput.Entry
	for _, line := range account.Lines {
		entry := publicinput.Entry{Key: line.Key / 2, Lots: line.Lots}
		if line.Key%2 == 0 {
			collateral = append(collateral, entry)
		} else {
			debt = append(debt, entry)
		}
	}
	return []any{"bulwark-account", int64(1), account.Number, bytesOf(account.Owner), bytesOf(account.Salt), account.Cash,
		listTree(account.Positions), listTree(account.Paid), listTree(collateral), listTree(debt)}
}

func requestTree(request Request) []any {
	epoch := request.Epoch
	path := []byte{}
	for _, siblings := range request.Path {
		for _, sibling := range siblings {
			path = append(path, bytesOf(sibling)...)
		}
	}
	tail := *new(fr.Element).SetBigInt(request.OwnerTail)
	return []any{"bulwark-prove", int64(4), []any{bytesOf(epoch.House), epoch.Number, bytesOf(epoch.Previous), bytesOf(epoch.AccountRoot),
		bytesOf(epoch.TableRoot), epoch.TableSha[:], epoch.ParametersSha[:], epoch.InputsSha[:], bytesOf(epoch.VenueRoot),
		bytesOf(epoch.VaultTableRoot), bytesOf(epoch.BufferDigest), bytesOf(epoch.MarginRoot)},
		accountTree(request.Account), bytesOf(request.Secret), bytesOf(tail), path, bytesOf(request.Challenge), bytesOf(request.Scope),
		request.Claim.Tag, request.Claim.Choice, request.Claim.Amount, boolean(request.Claim.Name != 0), boolean(request.Claim.Standing),
		[]any{}, []any{}, append([]byte{}, request.Tariff...), []any{}}
}

func TestShouldReadTheRequestThatWasWritten(t *testing.T) {
	random := rand.New(rand.NewPCG(51, 52))
	for range 20 {
		d := draw(t, random, publicinput.Given, 5000)
		read, err := ParseRequest(canonical.Encode(requestTree(d.request)), small.Depth)
		if err != nil {
			t.Fatal(err)
		}
		assignment, err := Assign(small, d.table, read)
		if err != nil || assignment.Public != assign(t, d).Public {
			t.Fatalf("the request read must be the one written: %v", err)
		}
	}
}

func TestShouldRefuseMalformedRequestsByFieldAndRule(t *testing.T) {
	random := rand.New(rand.NewPCG(53, 54))
	d := draw(t, random, publicinput.Given, 5000)
	notReduced := fr.Modulus().FillBytes(make([]byte, fr.Bytes))
	large := append([]byte{1}, make([]byte, fr.Bytes-1)...)
	for _, c := range []struct {
		code, where string
		change      func(request, account []any)
	}{
		{"WRONG_SCHEMA", "request.schema", func(request, _ []any) { request[0] = "bulwark-other" }},
		{"WRONG_TYPE", "request.kind", func(request, _ []any) { request[9] = "3" }},
		{"OUT_OF_RANGE", "request.challenge", func(request, _ []any) { request[7] = large }},
		{"OUT_OF_RANGE", "request.ownerTail", func(request, _ []any) { request[5] = large }},
		{"NOT_A_FIELD_ELEMENT", "request.secret", func(request, _ []any) { request[4] = notReduced }},
		{"WRONG_LENGTH", "request.path", func(request, _ []any) { request[6] = []byte{} }},
		{"OUT_OF_RANGE", "request.m", func(request, _ []any) { request[11] = int64(-1) }},
		{"IDS_NOT_INCREASING", "request.account.positions[1].number", func(_, account []any) {
			account[6] = []any{[]any{int64(3), int64(1)}, []any{int64(3), int64(1)}}
		}},
		{"ZERO_QUANTITY", "request.account.positions[0].lots", func(_, account []any) { account[6] = []any{[]any{int64(3), int64(0)}} }},
		{"NEGATIVE_QUANTITY", "request.account.debt[0].lots", func(_, account []any) { account[9] = []any{[]any{int64(3), int64(-1)}} }},
		{"OUT_OF_RANGE", "request.account.positions[0].lots", func(_, account []any) {
			account[6] = []any{[]any{int64(3), int64(-1) << 31}}
		}},
	} {
		request := requestTree(d.request)
		c.change(request, request[3].([]any))
		_, err := ParseRequest(canonical.Encode(request), small.Depth)
		if fault := refusal.Of(err); fault.Code != c.code || fault.Where != c.where {
			t.Errorf("want %s at %s, have %v", c.code, c.where, fault)
		}
	}
}

func FuzzParseRequest(f *testing.F) {
	d := draw(f, rand.New(rand.NewPCG(55, 56)), publicinput.Given, 5000)
	f.Add(canonical.Encode(requestTree(d.request)))
	f.Add([]byte{0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, encoded []byte) {
		request, err := ParseRequest(encoded, small.Depth)
		if err == nil {
			_, err = Assign(small, d.table, request)
		}
		if err != nil && refusal.Of(err).Class == refusal.Internal {
			t.Fatal("every fault of a request has a name")
		}
	})
}
