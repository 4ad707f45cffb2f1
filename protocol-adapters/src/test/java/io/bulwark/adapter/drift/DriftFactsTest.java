package io.bulwark.adapter.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.FactLines;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftFactsTest {
    /** Deposit 12.5 and borrow 3 of scaled balance, short 1.25 of market 2, a closed slot with a gain, a dust slot with nothing. */
    private static void fill(ByteBuffer bytes) {
        bytes.put(0, HexFormat.of().parseHex("9f755fe3ef973aec"));
        bytes.putLong(104, 12_500_000_000L).putLong(104 + 24, 12_000_000L);
        bytes.putLong(144, 3_000_000_000L).putLong(144 + 24, -2_500_000_000L);
        bytes.putShort(144 + 32, (short) 1).put(144 + 34, (byte) 1);
        bytes.putLong(424 + 8, -1_250_000_000L).putLong(424 + 16, 190_000_000L).putLong(424 + 32, 187_500_000L);
        bytes.putShort(424 + 92, (short) 2);
        bytes.putLong(520 + 16, -4_250_000L).putShort(520 + 92, (short) 7);
        bytes.putLong(616, 99L).putShort(616 + 92, (short) 9);
        bytes.putLong(4264 + 32, -75_000_000L).putShort(4264 + 82, (short) 3);
    }

    private static String base64(Consumer<ByteBuffer> change) {
        byte[] account = new byte[DriftForm.USER.length()];
        ByteBuffer bytes = ByteBuffer.wrap(account).order(ByteOrder.LITTLE_ENDIAN);
        fill(bytes);
        change.accept(bytes);
        return "['" + Base64.getEncoder().encodeToString(account) + "']";
    }

    /** File → subject, kind, signed value, unit, scale, horizon. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ccxt_account_positions.json; position | BTC-PERP | size | -0.05 BTC @2 | -
            ccxt_account_positions.json; collateral | USDC | balance | 28.2023 USDC @4 | -
            ccxt_account_positions.json; account | account | health | 0.99 1 @2 | -
            drift_user_accounts_b64.json; position | perp market 0 | size | 2.1 base of perp market 0 @9 | -
            drift_user_accounts_b64.json; position | perp market 1 | size | -0.5 base of perp market 1 @9 | -
            drift_user_accounts_b64.json; collateral | spot market 1 | scaled balance | 9.77371432 scaled token of spot market 1 @9 | -
            drift_user_accounts_b64.json; account | perp market 14 | gain of a closed position, not settled | 14.157329 USDC @6 | -
            """)
    void shouldReadTheReferenceInFull(String file, String line) {
        FactLines.of("drift", ReferenceFiles.bytes("drift/" + file)).says(line);
    }

    @Test
    void shouldReadLiveSlotsAtTheirNamedScales() {
        FactLines lines = FactLines.of("drift", base64(same -> {}))
                .says(
                        "collateral | spot market 0 | scaled balance | 12.5 scaled token of spot market 0 @9 | -",
                        "debt | spot market 1 | scaled balance | 3 scaled token of spot market 1 @9 | -",
                        "position | perp market 2 | size | -1.25 base of perp market 2 @9 | -",
                        "account | perp market 7 | gain of a closed position, not settled | -4.25 USDC @6 | -");
        assertEquals(1, lines.of(FactKind.POSITION).size());
        assertTrue(lines.all().stream().noneMatch(line -> line.contains("market 9")));
        Fact deposit = lines.facts().getFirst();
        assertTrue(Objects.requireNonNull(deposit.words().get("to be multiplied by"))
                .contains("cumulative interest"));
        assertEquals(
                "-1250000000",
                lines.facts().get(2).figure().orElseThrow().units().toString());
    }

    @Test
    void shouldReadAnOpenOrderAndNotAFilledOne() {
        FactLines.of("drift", base64(bytes -> {
                    int at = 1192;
                    bytes.putLong(at + 8, 151_250_000L)
                            .putLong(at + 16, 2_000_000_000L)
                            .putInt(at + 76, 41);
                    bytes.putShort(at + 80, (short) 2);
                    bytes.put(at + 82, (byte) 1)
                            .put(at + 83, (byte) 1)
                            .put(at + 84, (byte) 1)
                            .put(at + 87, (byte) 1);
                    bytes.putLong(at + 96 + 16, 5L).put(at + 96 + 82, (byte) 2);
                }))
                .says("order | perp market 2 | amount | 2 base of perp market 2 @9 | -");
    }

    @Test
    void shouldReadANodesAnswerAtItsSlot() {
        String account = base64(same -> {}).replace("['", "").replace("']", "");
        FactLines.of(
                        "drift",
                        "{'jsonrpc':'2.0','id':1,'result':{'context':{'slot':234588025,'apiVersion':'1.17'},'value':{'lamports':1,"
                                + "'owner':'d','executable':false,'rentEpoch':0,'space':4376,'data':['" + account
                                + "','base64']}}}")
                .says("position | perp market 2 | size | -1.25 base of perp market 2 @9 | height 234588025 at 0");
    }

    @Test
    void shouldRefuseBytesThatAreNoUserAccount() {
        FactLines.of("drift", base64(bytes -> bytes.put(3, (byte) 0)))
                .refuses("[0]", "must begin with the discriminator")
                .andNothingElse();
        FactLines.of("drift", base64(bytes -> bytes.put(104 + 34, (byte) 2)))
                .refuses("[0].spot_positions[0].balance_type", "must be 0, deposit, or 1, borrow")
                .andNothingElse();
        FactLines.of("drift", base64(bytes -> bytes.putLong(424 + 32, -187_500_000L)))
                .refuses("[0].perp_positions[0].quote_entry_amount", "must have the sign against base_asset_amount")
                .andNothingElse();
        FactLines.of("drift", "['" + Base64.getEncoder().encodeToString(new byte[4375]) + "']")
                .refuses("[0]", "must be a User account of 4376 bytes")
                .andNothingElse();
        FactLines.of("drift", "['not base64!']")
                .refuses("[0]", "must be base64")
                .andNothingElse();
    }

    private static String stats(Consumer<ByteBuffer> change) {
        ByteBuffer bytes = ByteBuffer.allocate(DriftForm.USER_STATS.length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, HexFormat.of().parseHex("b0df881b7a4f20e3")).put(8, (byte) 0xab);
        bytes.putLong(72, 4_250_000L).putLong(80, 1_500_000L).putLong(112, 7L);
        bytes.putLong(128, -1L).putLong(136, 90_000_000_000L).putLong(144, 11L);
        bytes.putLong(176, 250_000_000L).putShort(184, (short) 2).putShort(186, (short) 3);
        bytes.putLong(216, 12_000_000L);
        change.accept(bytes);
        return "'" + Base64.getEncoder().encodeToString(bytes.array()) + "'";
    }

    /** Unsigned 64 bits at 10⁻⁶, none of them a holding. */
    @Test
    void shouldReadWhatAnOwnerSumsUp() {
        String owner = "ab" + "0".repeat(62);
        FactLines lines = FactLines.of("drift", stats(same -> {}))
                .says(
                        "movement | " + owner + " | fees paid, of all time | 4.25 USDC @6 | -",
                        "movement | " + owner + " | rebates received, of all time | 1.5 USDC @6 | -",
                        "movement | " + owner + " | rewards for referring, of this epoch | 0.000007 USDC @6 | -",
                        "account | " + owner + " | volume made in 30 days | 18446744073709.551615 USDC @6 | -",
                        "account | " + owner + " | volume taken in 30 days | 90000 USDC @6 | -",
                        "account | " + owner + " | volume filled in 30 days | 0.000011 USDC @6 | -",
                        "account | " + owner + " | staked in the insurance fund of quote | 250 USDC @6 | -",
                        "account | " + owner + " | staked in the insurance fund of DRIFT | 12 DRIFT @6 | -",
                        "account | " + owner + " | subaccounts | 2 1 @0 | -",
                        "account | " + owner + " | subaccounts that were ever made | 3 1 @0 | -");
        assertEquals(0, lines.of(FactKind.COLLATERAL).size());
        FactLines.of("drift", stats(bytes -> bytes.put(2, (byte) 0)))
                .refuses("account", "must begin with the discriminator of a UserStats account")
                .andNothingElse();
        FactLines.of("drift", stats(bytes -> bytes.putShort(184, (short) 4)))
                .refuses("account.number_of_sub_accounts", "must be <= number_of_sub_accounts_created 3")
                .andNothingElse();
    }

    @Test
    void shouldReadTheGatewayAndTheDataInterface() {
        FactLines.of("drift", """
                {'account':{'totalCollateral':'90.5','health':'42','leverage':'1.5'},'positions':[
                {'symbol':'SOL-PERP','marketIndex':0,'baseAssetAmount':'-2.500000000','quoteEntryAmount':'375.5','settledPnl':'0.000000'},
                {'symbol':'ETH-PERP','marketIndex':2,'baseAssetAmount':'0.000000000','quoteEntryAmount':'0','settledPnl':'-3.25'}],
                'balances':[{'symbol':'SOL','marketIndex':1,'balance':'-0.75','openOrders':0,'liquidationPrice':'210.5'}],'orders':[]}
                """)
                .says(
                        "position | SOL-PERP | size | -2.5 SOL @1 | -",
                        "debt | SOL | balance | 0.75 SOL @2 | -",
                        "account | ETH-PERP | gain that was settled | -3.25 USDC @2 | -");
        FactLines lines = FactLines.of("drift", """
                {'bids':[{'price':'150250000','size':'2500000000','sources':{}}],'asks':[],'marketName':'SOL-PERP','marketType':'perp',
                'marketIndex':0,'ts':1750000000001,'slot':300,'oracle':150000000}
                """)
                .says(
                        "depth | SOL-PERP | bid | 2.5 SOL @9 | height 300 at 1750000000001",
                        "price | SOL-PERP | oracle price | 150 USDC per SOL @6 | height 300 at 1750000000001");
        assertEquals(List.of(), lines.of(FactKind.POSITION));
    }

    @Test
    void shouldRefuseWhatIsNoPayload() {
        FactLines.of("drift", "{'success':false,'records':[]}")
                .refuses("success", "must be true")
                .andNothingElse();
        FactLines.of("drift", "{'error':'no account'}")
                .refuses("error", "must not be an error")
                .andNothingElse();
        FactLines.of("drift", "'AAAA'")
                .refuses("payload", "must be a known payload")
                .andNothingElse();
    }
}
