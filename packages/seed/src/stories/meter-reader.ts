import { referTo } from '../media-reference';
import { TraceRecorder } from '../trace-recorder';
import { drawMeter } from './draw-meter';
import type { Story } from './story';

const instructions =
  'Read the counter on the photograph. Answer with JSON: {"reading": the digits, "unit": "kWh" or "m3", "confidence": 0 to 1}. If it cannot be read, say why in "problem".';

/** Tokens of a small picture. */
const imageTokens = 258;

/** An app of an energy supplier: people send a photograph of their meter. Images, and a check against the last reading. */
export const meterReader: Story = {
  rhythm: 'office',
  tell({ random, startMs, release, userId, isLate }) {
    const isGas = random.chance(0.4);
    const reading = String(random.int(10_000, 99_999));
    const isDark = random.chance(0.16);
    const bytes = drawMeter(reading, isDark, () => random.next());
    const image = referTo('image/png', bytes);
    const last = Math.max(0, Number(reading) - random.int(40, 420));
    const isImplausible = random.chance(0.07);
    const confidence = Number((isDark ? 0.38 + random.next() * 0.3 : 0.9 + random.next() * 0.09).toFixed(2));
    const recorder = new TraceRecorder(
      random,
      {
        name: 'read-meter',
        app: 'meter-reader',
        userId,
        environment: 'production',
        release,
        version: '1',
        tags: ['image', isGas ? 'gas' : 'electricity'],
        metadata: {
          device: random.pick(['iPhone 15', 'Pixel 8', 'Galaxy A54', 'iPhone 12 mini']),
          app_version: isLate ? '6.4.0' : '6.3.2',
        },
      },
      startMs,
    );
    const root = recorder.open(null, 'span', 'read-meter', { input: { photo: image, last_reading: last } });
    recorder.step(root, 'span', 'measure-light', 22, {
      input: { width: 360, height: 150 },
      output: { brightness: isDark ? 0.21 : 0.63, sharpness: 0.8 },
      ...(isDark && { level: 'WARNING', statusMessage: 'The photograph is dark' }),
    });
    const output = { reading, unit: isGas ? 'm3' : 'kWh', confidence };
    const call = recorder.call(root, 'read-digits', 'gemini-2.5-flash', {
      input: [
        { role: 'system', content: instructions },
        {
          role: 'user',
          content: [
            { type: 'text', text: isGas ? 'A gas meter.' : 'An electricity meter.' },
            { type: 'image_url', image_url: { url: image } },
          ],
        },
      ],
      output: { role: 'assistant', content: JSON.stringify(output) },
      extraInputTokens: imageTokens,
      temperature: 0,
      prompt: { name: 'meter/read-digits', version: 1 },
    });
    const isAccepted = confidence >= 0.6 && !isImplausible;
    recorder.step(root, 'tool', 'check-plausibility', 40, {
      input: { reading: Number(reading), last_reading: last },
      output: { used: Number(reading) - last, plausible: !isImplausible },
      ...(isImplausible && {
        level: 'WARNING',
        statusMessage: 'Use since the last reading is nine times that of last year',
      }),
    });
    recorder.close(root, {
      output: isAccepted
        ? { ...output, accepted: true }
        : {
            accepted: false,
            ask: isImplausible ? 'Is this your meter?' : 'Please take it again with more light.',
          },
    });
    recorder.score(
      { name: 'confidence', source: 'API', dataType: 'NUMERIC', value: confidence, observationId: call.id },
      500,
    );
    return {
      traces: [recorder.finish()],
      scores: recorder.scores,
      media: [root, call].map(({ id }) => ({
        traceId: recorder.traceId,
        observationId: id,
        contentType: 'image/png' as const,
        bytes,
      })),
    };
  },
};
