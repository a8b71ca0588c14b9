const given = ['Ada', 'Béla', 'Chidi', 'Dörte', 'Élodie', 'Farid', 'Grażyna', 'Hiro', 'Inés', 'Jürgen'];
const family = ['Nowak', 'Okafor', "O'Brien", 'Müller'];
const positions = ['Nurse', 'Operator', 'Technician', 'Dispatcher', 'Cook'];
const departments = ['Ward', 'Production', 'Maintenance', 'Logistics'];

export interface DemoPerson {
  email: string;
  name: string;
  position: string;
  department: string;
  workId: string;
  siteIndex: 0 | 1;
  isManager: boolean;
}

/** The 40 people of the demo: every given name with every family name; two of them manage the others of their site. */
export const demoPeople: readonly DemoPerson[] = family.flatMap((last, f) =>
  given.map((first, g) => {
    const number = f * given.length + g;
    return {
      email: `person${String(number + 1).padStart(2, '0')}@demo.muster.local`,
      name: `${first} ${last}`,
      position: positions[number % positions.length] as string,
      department: departments[number % departments.length] as string,
      workId: `D${1001 + number}`,
      siteIndex: (number % 2) as 0 | 1,
      isManager: number < 2,
    };
  }),
);

export const demoSites = [
  { name: 'Berlin works', zone: 'Europe/Berlin', geofence: { latitude: 52.52, longitude: 13.405, radiusM: 250 } },
  {
    name: 'New York depot',
    zone: 'America/New_York',
    geofence: { latitude: 40.7128, longitude: -74.006, radiusM: 250 },
  },
] as const;

/** Every demo person signs in with it. */
export const demoPassword = 'Muster-demo-1';
