package io.tombolo.it.actors;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Scenarios of a minute and more: {@code ./mvnw -Pdeep verify} runs them; others say the same in short. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
        named = "tombolo.deep",
        matches = "true",
        disabledReason = "a long scenario: ./mvnw -Pdeep verify runs it")
public @interface Deep {}
