package io.tombolo.it.failover;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** One of many scenarios, of which the most telling run always. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
        named = "tombolo.deep",
        matches = "true",
        disabledReason = "a long scenario: ./mvnw -Pdeep verify runs it")
@interface LongOnly {}
