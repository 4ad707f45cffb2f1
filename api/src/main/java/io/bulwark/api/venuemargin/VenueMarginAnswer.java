package io.bulwark.api.venuemargin;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.venuemargin.VenueBook;
import io.bulwark.netting.venuemargin.VenueEngine;
import io.bulwark.netting.venuemargin.VenueMargin;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;

/**
 * What other venues' published engines would ask for the same holdings, beside Bulwark's own margin.
 *
 * @param riskTable SHA-256 of the table whose prices are used
 * @param bulwarkInitial Bulwark's initial margin
 * @param bulwarkMaintenance Bulwark's maintenance margin
 * @param venues one line per engine
 */
@Serdeable
public record VenueMarginAnswer(String riskTable, Money bulwarkInitial, Money bulwarkMaintenance, List<Line> venues) {
    /**
     * One engine.
     *
     * @param engine its short name
     * @param version of its parameters
     * @param title for people
     * @param source where the parameters stand
     * @param form exact where the venue's rule is a configuration of our convex formula, bounded where only a convex requirement beside it is
     * @param initial the venue's initial requirement
     * @param maintenance the venue's maintenance requirement
     * @param convexInitial the convex requirement, never below the venue's
     * @param convexMaintenance the same for maintenance
     * @param leftOut holdings that the engine does not margin
     */
    @Serdeable
    public record Line(
            String engine,
            String version,
            String title,
            String source,
            String form,
            Money initial,
            Money maintenance,
            Money convexInitial,
            Money convexMaintenance,
            List<String> leftOut) {
        private static Line of(PublishedEngine published, VenueMargin margin) {
            return new Line(
                    published.id(),
                    published.version(),
                    published.title(),
                    published.source(),
                    form(margin.form()),
                    Money.of(margin.venue().initial()),
                    Money.of(margin.venue().maintenance()),
                    Money.of(margin.convex().initial()),
                    Money.of(margin.convex().maintenance()),
                    margin.leftOut());
        }

        private static String form(VenueEngine.Form form) {
            return form.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The venue margins of an account.
     *
     * @throws BadInput if the account has no margin, or the table does not state the contracts it was built from
     */
    public static VenueMarginAnswer of(MarginAccount account, RiskTable table) {
        return switch (PortfolioMargin.evaluate(table, account)) {
            case MarginRefusal refusal ->
                throw new BadInput(refusal.field(), refusal.code().name(), refusal.text());
            case MarginStatement statement ->
                new VenueMarginAnswer(
                        table.digest().hex(),
                        Money.of(statement.given().initialMargin()),
                        Money.of(statement.given().maintenanceMargin()),
                        lines(book(account, table)));
        };
    }

    private static VenueBook book(MarginAccount account, RiskTable table) {
        return BadInput.refusing("table", table.digest().hex(), () -> VenueBook.of(table, account));
    }

    private static List<Line> lines(VenueBook book) {
        return PublishedEngine.all().stream()
                .map(published -> Line.of(published, VenueMargin.of(book, published.engine())))
                .toList();
    }
}
