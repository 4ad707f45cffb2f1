package io.bulwark.api.holding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.holding.Held;
import io.bulwark.clearing.holding.HoldingEvidence;
import io.bulwark.clearing.position.EvidenceGrade;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a house holds, as people write it down: every piece with what shows it, or refused by field and rule. */
final class HoldingsFileTest {
    private static final String PIECE =
            "{'held': 'cash', 'lots': 5, 'place': 'bank:1', 'grade': 'unsigned', 'at': 7, 'evidence': {'kind': 'unsigned', 'content': ''}}";

    @Test
    void shouldReadAListWithItsEvidence() {
        HoldingsFile file = read("'for': 'fund'", "{'held': 'asset 2', 'grade': 'storage-proof'}", PIECE);
        assertEquals(HoldingPurpose.FUND, file.purpose());
        assertEquals(EvidenceGrade.STORAGE_PROOF, file.listed().get(Held.asset(2)));
        assertEquals(5, file.holdings().getFirst().lots());
        assertEquals(
                file.evidence().getFirst().digest(), file.holdings().getFirst().evidence());
        assertTrue(file.evidence().getFirst() instanceof HoldingEvidence.Unsigned);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'held': 'cash' | 'held': 'gold' | held",
                "'held': 'cash' | 'held': 'asset x' | held",
                "'held': 'cash' | 'held': 'asset 1234567890' | held",
                "'held': 'cash' | 'held': 'share 1' | held",
                "'lots': 5 | 'lots': -1 | lots",
                "'grade': 'unsigned' | 'grade': 'sworn' | grade",
                "'at': 7 | 'at': 7, 'of': 8 | of",
                "'kind': 'unsigned' | 'kind': 'hearsay' | kind",
                "'content': '' | 'content': 'zz' | content",
                "'content': '' | 'content': '', 'by': 1 | by",
                "{'kind': 'unsigned', 'content': ''} | {'kind': 'signed', 'signer': '00', 'signature': ''} | signer",
                "{'kind': 'unsigned', 'content': ''} | {'kind': 'observed', 'signatures': [{'signer': '0x'}]} | signer",
                "{'kind': 'unsigned', 'content': ''} | {'kind': 'storage', 'contract': '0x', 'balances': 0, 'unitsPerLot': '0'} | unitsPerLot"
            })
    void shouldRefuseAPieceByFieldAndRule(String part, String by, String field) {
        assertTrue(PIECE.contains(part), part);
        BadInput refused = assertThrows(BadInput.class, () -> read("'for': 'fund'", "", PIECE.replace(part, by)));
        assertTrue(refused.field().contains(field), refused.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'format': 'bulwark-holding', 'version': 1} | format",
                "{'format': 'bulwark-holdings', 'version': 2} | version",
                "{'format': 'bulwark-holdings', 'version': 1} | for",
                "{'format': 'bulwark-holdings', 'version': 1, 'for': 'both'} | for"
            })
    void shouldRefuseAFileOfAnotherKind(String json, String field) {
        BadInput refused = assertThrows(
                BadInput.class, () -> HoldingsFile.read(json.replace('\'', '"').getBytes(UTF_8)));
        assertTrue(refused.field().contains(field), refused.toString());
    }

    private static HoldingsFile read(String purpose, String listed, String holdings) {
        String json = "{'format': 'bulwark-holdings', 'version': 1, " + purpose + ", 'listed': [" + listed
                + "], 'holdings': [" + holdings + "]}";
        return HoldingsFile.read(json.replace('\'', '"').getBytes(UTF_8));
    }
}
