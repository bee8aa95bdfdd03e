export interface Research {
  question: string;
  plan: string;
  searches: { query: string; result: string }[];
  notes: string;
  draft: string;
  critique: string;
  report: string;
}

export const researches: readonly Research[] = [
  {
    question: 'Should we move our parcel pickup in Ghent from the station to the harbour?',
    plan: 'Compare footfall, opening hours and rent of both places, then ask what customers of the last quarter chose.',
    searches: [
      {
        query: 'pickups per weekday Ghent station',
        result: 'Q3: 1,204 pickups, 61 % of them between 17:00 and 19:00.',
      },
      {
        query: 'rent per square metre Ghent harbour',
        result: 'Harbour 9.40 € / m², station 21.75 € / m² (own contract list).',
      },
      {
        query: 'tram line harbour frequency evening',
        result: 'Every 15 minutes until 20:00, every 30 minutes after.',
      },
    ],
    notes:
      'Most pickups happen on the way home. The harbour costs less than half, but is a detour of 12 minutes for commuters.',
    draft:
      'The harbour saves about 14,800 € a year, yet six in ten customers collect on their way home from the station.',
    critique:
      'The saving is stated without the cost of moving, and nothing is said about lockers as a third option.',
    report:
      '**Stay at the station, and shrink it.** Lockers on 20 m² keep the evening pickups and cut the rent by 55 %. The harbour would save 14,800 € a year before moving costs, but adds 12 minutes to the way home of six in ten customers.',
  },
  {
    question: 'Which three competitors changed their prices for cargo bikes this month?',
    plan: 'Read the price pages that we record each week and compare the newest with that of four weeks ago.',
    searches: [
      {
        query: 'price snapshots cargo bikes week 44',
        result: 'Veldrad 4,990 €, Kargon 5,450 €, Ostra 3,790 €, Moov 4,200 €.',
      },
      {
        query: 'price snapshots cargo bikes week 48',
        result: 'Veldrad 4,690 €, Kargon 5,450 €, Ostra 3,590 €, Moov 4,350 €.',
      },
    ],
    notes: 'Veldrad and Ostra went down by 300 € and 200 €, Moov went up by 150 €. Kargon stayed.',
    draft: 'Veldrad, Ostra and Moov changed their prices; two of them went down.',
    critique: 'Give the numbers and say whether a sale explains them.',
    report:
      'Veldrad: 4,990 € to **4,690 €**. Ostra: 3,790 € to **3,590 €**. Moov: 4,200 € to **4,350 €**. The pages of Veldrad and Ostra name a winter sale until 15 December; Moov gives no reason.',
  },
  {
    question: 'Summarise what workshops say about the new torque sensor',
    plan: 'Collect the workshop notes that mention the sensor, group them by complaint, count them.',
    searches: [
      {
        query: 'workshop notes torque sensor',
        result: '38 notes: 21 calibration, 9 water in the connector, 5 noise, 3 other.',
      },
      {
        query: 'calibration E12 after cold night',
        result: '17 of 21 notes were written on days that began below 3 °C.',
      },
      {
        query: 'connector water ingress batch',
        result: 'All nine bicycles have frame numbers of the batch from June.',
      },
    ],
    notes: 'Calibration drifts with cold. The wet connectors come from one batch.',
    draft:
      'Two faults stand out: calibration that drifts on cold mornings, and wet connectors of the June batch.',
    critique: 'Good. Add what a workshop should do tomorrow.',
    report:
      '1. **Calibration drifts in the cold** (21 of 38): calibrate indoors, firmware 2.8 makes up for temperature.\n2. **Water in the connector** (9 of 38, all of the June batch): replace the seal, it is free of charge.\n3. Noise (5): no pattern yet.',
  },
];
