package io.bulwark.api.door;

import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Paths that ask the house: they may block, and what they refuse or do not have is a {@link Problem}. */
@ExecuteOn(TaskExecutors.BLOCKING)
@ApiResponse(
        responseCode = "4XX",
        description = "A problem: what was refused, or what is not here",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface HousePath {}
