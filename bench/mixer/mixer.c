/*
 * The loop of bench/mixer.ts in C: packets of all legs in, what each of them hears as packets out, 20 ms at a time.
 * It has neither seats nor rooms, and no more than what the bench needs; it must make the same samples.
 *
 *   mixer INPUT LEGS RATE WARM_TICKS TICKS
 *
 * INPUT holds the µ-law tables (256 samples, 65,536 bytes), and then the packets: FRAMES of each leg in turn.
 * Prints the hash of all samples that legs heard while it warmed up, and then the nanoseconds of each tick.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FRAMES = 8, ENERGY_LEVEL = 20, START_FRAMES = 5, STOP_FRAMES = 40, START_AT_ONCE = 400 };

typedef struct {
  int16_t input[320];
  int16_t output[320];
  uint8_t packet[640];
  int talking, energy, opened, closed;
} Leg;

static int16_t decoded[256];
static uint8_t encoded[65536];
static int samples, bytes, is_wide;

static void decode(const uint8_t *packet, int16_t *into) {
  if (is_wide)
    for (int i = 0; i < samples; i++) into[i] = (int16_t)(packet[2 * i] << 8 | packet[2 * i + 1]);
  else
    for (int i = 0; i < samples; i++) into[i] = decoded[packet[i]];
}

static void encode(const int16_t *from, uint8_t *packet) {
  if (is_wide) {
    for (int i = 0; i < samples; i++) {
      packet[2 * i] = (uint8_t)(from[i] >> 8);
      packet[2 * i + 1] = (uint8_t)from[i];
    }
  } else {
    for (int i = 0; i < samples; i++) packet[i] = encoded[(uint16_t)from[i]];
  }
}

static int16_t clip(int32_t sample) {
  return sample > 32767 ? 32767 : sample < -32768 ? -32768 : (int16_t)sample;
}

static void hear(Leg *leg) {
  int32_t sum = 0;
  for (int i = 0; i < samples; i++) sum += abs(leg->input[i]);
  int score = sum / samples;
  int energy = (score + 4 * leg->energy) / 5;
  leg->energy = energy > 25000 ? 25000 : energy;
  if (score > ENERGY_LEVEL) {
    if (leg->closed > 0) leg->closed--;
    leg->opened++;
    if (score - ENERGY_LEVEL < START_AT_ONCE && leg->opened < START_FRAMES) return;
    leg->opened = leg->closed = 0;
    leg->talking = 1;
  } else {
    if (leg->opened > 0) leg->opened--;
    if (!leg->talking || ++leg->closed < STOP_FRAMES) return;
    leg->opened = leg->closed = leg->talking = 0;
  }
}

/* What is heard by all who say nothing. */
static Leg everybody;
static int16_t nothing[320];
static uint8_t silence[640];

typedef struct {
  const int16_t *samples;
  const uint8_t *packet;
} Heard;

static void tick(Leg *legs, int count, const uint8_t *packets, int frame, Heard *heard) {
  int32_t sum[320] = {0};
  int speakers = 0;
  for (int leg = 0; leg < count; leg++) {
    Leg *one = &legs[leg];
    decode(packets + ((size_t)leg * FRAMES + frame) * bytes, one->input);
    hear(one);
    if (!one->talking) continue;
    speakers++;
    for (int i = 0; i < samples; i++) sum[i] += one->input[i];
  }
  for (int i = 0; i < samples; i++) everybody.output[i] = clip(sum[i]);
  if (speakers) encode(everybody.output, everybody.packet);
  for (int leg = 0; leg < count; leg++) {
    Leg *one = &legs[leg];
    if (!speakers || (speakers == 1 && one->talking)) {
      heard[leg] = (Heard){nothing, silence};
    } else if (!one->talking) {
      heard[leg] = (Heard){everybody.output, everybody.packet};
    } else {
      for (int i = 0; i < samples; i++) one->output[i] = clip(sum[i] - one->input[i]);
      encode(one->output, one->packet);
      heard[leg] = (Heard){one->output, one->packet};
    }
  }
}

static uint32_t hash_of(uint32_t hash, const Heard *heard, int count) {
  for (int leg = 0; leg < count; leg++) {
    for (int i = 0; i < samples; i++) hash = (hash ^ (uint16_t)heard[leg].samples[i]) * 16777619u;
    for (int i = 0; i < bytes; i++) hash = (hash ^ heard[leg].packet[i]) * 16777619u;
  }
  return hash;
}

static double now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  int count = atoi(argv[2]), rate = atoi(argv[3]), warm = atoi(argv[4]), ticks = atoi(argv[5]);
  samples = rate / 50;
  is_wide = rate == 16000;
  bytes = is_wide ? 2 * samples : samples;

  size_t size = (size_t)count * FRAMES * bytes;
  uint8_t *packets = malloc(size);
  Leg *legs = calloc(count, sizeof *legs);
  Heard *heard = calloc(count, sizeof *heard);
  FILE *input = fopen(argv[1], "rb");
  if (!packets || !legs || !heard || !input) return 1;
  if (fread(decoded, 1, sizeof decoded, input) != sizeof decoded) return 1;
  if (fread(encoded, 1, sizeof encoded, input) != sizeof encoded) return 1;
  if (fread(packets, 1, size, input) != size) return 1;
  encode(nothing, silence);

  uint32_t hash = 2166136261u;
  for (int i = 0; i < warm; i++) {
    tick(legs, count, packets, i % FRAMES, heard);
    hash = hash_of(hash, heard, count);
  }
  printf("%u\n", hash);
  for (int i = 0; i < ticks; i++) {
    double start = now_ns();
    tick(legs, count, packets, (warm + i) % FRAMES, heard);
    printf("%.0f\n", now_ns() - start);
  }
  return 0;
}
