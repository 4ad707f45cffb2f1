package io.bulwark.netting.surface;

/**
 * A quote that does not shape the surface.
 *
 * @param years to its expiry
 * @param quote as given
 * @param rule why
 */
public record RejectedQuote(double years, OptionQuote quote, QuoteRule rule) {}
