/**
 * What the embedded broker may be told.
 * <p><b>In:</b> arguments and a properties file. <b>Out:</b> {@link io.tombolo.kafka.setting.BrokerSettings}, valid as a
 * whole, or every problem at once. <b>Start reading at</b> {@link io.tombolo.kafka.setting.SettingsReader}.
 * <p><b>May use:</b> {@code model}. <b>May not use:</b> Kafka. <b>Threads:</b> the starting thread only.
 */
@NullMarked
package io.tombolo.kafka.setting;

import org.jspecify.annotations.NullMarked;
