package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.fund.FundBook.Reliance;
import io.bulwark.insurance.vault.VaultParameters;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who rests on the fund, and what stands behind their margin: what is only read binds nobody, and the fund counts none of it.
 *
 * @param text for people, by name
 * @param advisoryRests whether accounts of which nothing is pledged or in custody may rest on the fund (vault.advisoryRests)
 * @param rests accounts that do
 * @param apart accounts that do not: the fund is not sized for them, and they pay nothing into it
 * @param behind what those that rest on it hold against losses, by the mode of the connection that it stands behind
 * @param counted of it what could be given up: pledged and custodied
 * @param proved what the proof of the fund is about: Cover-2 over every account, whether it rests on the fund or not, and over all
 *     that they hold, whoever could take it
 */
@Serdeable
record FundRests(
        String text,
        boolean advisoryRests,
        List<Member> rests,
        List<Member> apart,
        List<Behind> behind,
        Money counted,
        Money proved) {
    /** Copies. */
    public FundRests {
        rests = List.copyOf(rests);
        apart = List.copyOf(apart);
        behind = List.copyOf(behind);
    }

    /**
     * An account.
     *
     * @param account its number
     * @param name how people call it
     * @param member who stands behind it
     * @param binding equity of it that could be given up
     */
    @Serdeable
    public record Member(int account, String name, String member, Money binding) {}

    /**
     * Margin behind connections of one mode.
     *
     * @param mode advisory, pledged or custodied
     * @param held against losses, of accounts that rest on the fund
     */
    @Serdeable
    public record Behind(String mode, Money held) {}

    static FundRests of(ComputedEpoch epoch, FundBook fund) {
        Reliance reliance = Reliance.of(epoch);
        return new FundRests(
                reliance.text(epoch),
                epoch.parameters().value(VaultParameters.ADVISORY_RESTS) == 1,
                members(reliance.rests(), fund),
                members(reliance.apart(), fund),
                Stream.of(ConnectionMode.values())
                        .map(mode -> new Behind(
                                mode.label(), Money.of(reliance.behind().getOrDefault(mode, 0L))))
                        .toList(),
                Money.of(reliance.counted()),
                Money.of(epoch.cover().need()));
    }

    private static List<Member> members(List<AccountLine> lines, FundBook fund) {
        return lines.stream()
                .map(line -> new Member(
                        line.number(),
                        line.name(),
                        fund.members().getOrDefault(line.number(), line.name()),
                        Money.of(line.modes().binding())))
                .toList();
    }
}
