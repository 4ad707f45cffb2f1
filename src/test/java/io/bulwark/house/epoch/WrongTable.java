package io.bulwark.house.epoch;

import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.clearing.round.RoundRecord;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An epoch over a table of which one entry is off by one unit: the loss of an asset in one row is 10⁻⁸ USD smaller. All else follows
 * from it as it should: margins, trees, tariff and digest.
 *
 * @param epoch what follows
 * @param made what should have
 */
public record WrongTable(ComputedEpoch epoch, FollowingEpoch.Made made) {
    /** What somebody makes of a round's record who has such a table. */
    public static WrongTable of(FollowingEpoch following, FollowingEpoch.Made made) {
        EpochMaterial material =
                following.sealed().of(new EpochRecord(made.epoch().sealed(), made.inputs()));
        Booked right = Booked.of(material, new LastCalibration());
        RiskTable table = offByOne(right.table());
        Booked wrong = new Booked(right.published(), right.portfolios(), right.market(), table);
        return new WrongTable(following.computation().compute(material, wrong), made);
    }

    private static RiskTable offByOne(RiskTable table) {
        AssetRisk asset = table.assets().stream()
                .filter(a -> a.row().stream().anyMatch(change -> change < 0))
                .findFirst()
                .orElseThrow();
        List<AssetRisk> assets = table.assets().stream()
                .map(other -> other.equals(asset) ? kinder(asset) : other)
                .toList();
        return new RiskTable(
                table.builder(),
                table.rows(),
                table.families(),
                table.combos(),
                table.moves(),
                table.esVolatility(),
                table.esWeights(),
                table.groups(),
                table.instruments(),
                assets,
                table.parameters(),
                table.venueRisk());
    }

    private static AssetRisk kinder(AssetRisk asset) {
        int[] row = asset.row().stream().toArray();
        row[IntStream.range(0, row.length).filter(i -> row[i] < 0).findFirst().orElseThrow()]++;
        return new AssetRisk(
                asset.number(),
                asset.id(),
                asset.group(),
                asset.tier(),
                asset.stable(),
                asset.price(),
                asset.haircut(),
                asset.residual(),
                asset.peg(),
                asset.value(),
                IntColumn.of(row),
                asset.es(),
                asset.debtValue(),
                asset.debtRow(),
                asset.debtEs(),
                asset.delta(),
                asset.crowd(),
                asset.knots(),
                asset.bound(),
                asset.at());
    }

    /** What its maker votes for and signs. */
    public Value value(RoundRecord record) {
        return new Value(
                record.digest(),
                made.inputs().canonical().sha256(),
                EpochStatement.of(epoch.sealed(), epoch.timeMillis()));
    }
}
