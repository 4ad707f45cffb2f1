package io.bulwark.tier;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A long journey of which others walk the main road: with one commit in {@link #OF} and every night, drawn as {@link Tier#drawn} draws.
 * Which commits take a class follows from its place alone; places share the processor's time out evenly.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("drawn")
public @interface Drawn {
    /** Commits by which every class has run once, on average. */
    int OF = 3;

    /** From 0; below {@link #OF}. */
    int value();
}
