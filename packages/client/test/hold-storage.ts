// Holds a storage until it is killed.
import { openFileStorage } from '../src/storage/file-storage.ts';

const storage = openFileStorage(String(process.argv[2]));
console.log('held');
setInterval(() => storage.countWaiting(), 60_000);
